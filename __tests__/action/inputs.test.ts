import { describe, expect, it } from 'vitest';
import { INPUT_NAMES } from '../../src/action/inputs/values.ts';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import {
  exactRefusalOf,
  exactSettingsOf,
  GOOD_INPUTS,
  type Inputs,
  refusalOf,
  settingsOf,
} from '../real/action-inputs.ts';
import { runnerCommands } from '../real/runner-commands.ts';
import { everythingIn } from '../samples/errors.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import { ACCOUNT_ID, API_TOKEN, CODE, CONNECTOR_ID } from '../samples/results.ts';

function without(...names: readonly string[]): Inputs {
  return Object.fromEntries(Object.entries(GOOD_INPUTS).filter(([name]) => !names.includes(name)));
}

describe('readSettings with nothing but what is required', () => {
  it('fills in every default', async () => {
    const { settings } = await settingsOf({});
    expect(settings).toMatchObject({
      modes: ['create', 'wait-for-dns', 'enable'],
      account: { accountId: ACCOUNT_ID, apiToken: API_TOKEN },
      emailDomains: ['example.com'],
      connectorId: undefined,
      verificationCode: undefined,
      beginVerification: true,
      useFedrampLanguage: undefined,
      dns: { quorum: 3, authoritativeServers: 'auto' },
      wait: { timeoutMs: 1_800_000, pollIntervalMs: 15_000, onTimeout: 'fail' },
      preflight: true,
      dryRun: false,
      apiUrl: 'https://api.cloudflare.com/client/v4',
    });
    expect(settings.dns.resolvers.map(({ label }) => label)).toEqual([
      'cloudflare',
      'google',
      'quad9',
      'opendns',
    ]);
  });

  it('takes an empty or blank input for an absent one', async () => {
    const { settings } = await settingsOf({ timeout: '', quorum: '  ', 'dry-run': '\n', 'connector-id': '' });
    expect(settings).toMatchObject({ wait: { timeoutMs: 1_800_000 }, dns: { quorum: 3 }, dryRun: false });
    expect(settings.connectorId).toBeUndefined();
  });
});

describe('readSettings: mode', () => {
  it.each([
    ['create', ['create']],
    ['disable,delete', ['disable', 'delete']],
    ['check,create', ['check', 'create']],
    ['create\nwait-for-dns\r\n  enable\n', ['create', 'wait-for-dns', 'enable']],
    [' create ,, wait-for-dns,\n', ['create', 'wait-for-dns']],
  ])('reads %j in the order given', async (mode, modes) => {
    expect((await settingsOf({ mode })).settings.modes).toEqual(modes);
  });

  it.each([
    ['destroy', 'Input mode: "destroy" is not a mode.'],
    ['Create', 'Input mode: "Create" is not a mode.'],
    ['create, enable, create', 'Input mode: "create" is named twice.'],
    ['', 'Input mode is missing.'],
    [' , ', 'Input mode is missing.'],
  ])('refuses %j', async (mode, message) => {
    const refusal = await refusalOf({ mode });
    expect(refusal.message).toBe(message);
    expect(refusal.hint).toMatch(
      /^(The modes are create, publish-dns, wait-for-dns, enable, check, disable, delete;|Name each mode once)/,
    );
  });
});

describe('readSettings: api-token', () => {
  it('masks the token before anything else', async () => {
    const { stdout } = await settingsOf({});
    expect(runnerCommands(stdout)).toEqual([{ name: 'add-mask', properties: {}, data: API_TOKEN }]);
  });

  it('masks the token even when another input is wrong', async () => {
    const { stdout } = await refusalOf({ mode: 'destroy' });
    expect(runnerCommands(stdout)).toEqual([{ name: 'add-mask', properties: {}, data: API_TOKEN }]);
  });

  it('trims white space around it', async () => {
    const { settings, stdout } = await settingsOf({ 'api-token': `\n  ${API_TOKEN}\r\n` });
    expect(settings.account?.apiToken).toBe(API_TOKEN);
    expect(runnerCommands(stdout)).toEqual([{ name: 'add-mask', properties: {}, data: API_TOKEN }]);
  });

  it('comes from CLOUDFLARE_API_TOKEN, trimmed and masked, when the input is absent', async () => {
    const { settings, stdout } = await exactSettingsOf(without('api-token'), {
      CLOUDFLARE_API_TOKEN: `${API_TOKEN}\n`,
    });
    expect(settings.account?.apiToken).toBe(API_TOKEN);
    expect(runnerCommands(stdout)).toEqual([{ name: 'add-mask', properties: {}, data: API_TOKEN }]);
  });

  it('counts more than the environment variable', async () => {
    const { settings } = await settingsOf({}, { CLOUDFLARE_API_TOKEN: 'other-token' });
    expect(settings.account?.apiToken).toBe(API_TOKEN);
  });

  it('is refused when missing, with the permission it needs and both places to give it', async () => {
    const { message, hint } = await exactRefusalOf(without('api-token'));
    expect(message).toBe('Input api-token is missing.');
    expect(hint).toContain('SSO Connector: Edit');
    expect(hint).toContain('api-token or CLOUDFLARE_API_TOKEN');
  });

  it.each([
    ['\n', ['first-half', 'second-half']],
    ['\r\n', ['first-half', 'second-half']],
    ['\r', ['first-half', 'second-half']],
    ['\n\n  ', ['first-half', 'second-half']],
  ])('is refused with the line break %j inside, and each of its lines masked', async (lineBreak, masked) => {
    const { error, message, stdout } = await refusalOf({ 'api-token': `first-half${lineBreak}second-half` });
    expect(message).toBe('Input api-token has a line break inside it.');
    expect(runnerCommands(stdout)).toEqual(
      masked.map((data) => ({ name: 'add-mask', properties: {}, data })),
    );
    expect(everythingIn(error)).not.toMatch(/first-half|second-half/);
  });

  it.each([
    ['Bearer', refusalOf, `Bearer ${API_TOKEN}`],
    ['Bearer and quotes', refusalOf, `bearer  "${API_TOKEN}"`],
    ['double quotes', settingsOf, `"${API_TOKEN}"`],
    ['single quotes', settingsOf, `'${API_TOKEN}'`],
  ])('is masked as it is given and bare, given with %s', async (_, read, token) => {
    const { stdout } = await read({ 'api-token': token });
    const masked = runnerCommands(stdout).map(({ data }) => data);
    expect(masked).toEqual([token, API_TOKEN]);
  });

  it.each([
    'first-half\tsecond-half',
    'first-half\u00a0second-half',
    'first-half\u2028x',
    'first-hälf first-half',
  ])('is refused as %j, masked and never shown', async (token) => {
    const { error, message, hint, stdout } = await refusalOf({ 'api-token': token });
    expect(message).toContain('Input api-token has a space or another character');
    expect(hint).toContain('without quotes or the word Bearer');
    expect(runnerCommands(stdout)).toEqual([{ name: 'add-mask', properties: {}, data: token }]);
    expect(everythingIn(error)).not.toContain('first-half');
  });
});

describe('readSettings: secrets', () => {
  const GITHUB_TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';

  it('are both masked first, also where no input needs the GitHub token', async () => {
    const { stdout } = await refusalOf({ mode: 'destroy', 'github-token': GITHUB_TOKEN });
    expect(runnerCommands(stdout).map(({ name, data }) => [name, data])).toEqual([
      ['add-mask', API_TOKEN],
      ['add-mask', GITHUB_TOKEN],
    ]);
  });

  const others = INPUT_NAMES.filter((name) => name !== 'api-token');
  it.each(others)('are refused in %s before anything is sent, and not quoted', async (name) => {
    for (const value of [API_TOKEN, `https://jane:${API_TOKEN}@example.com`]) {
      const { error, message } = await refusalOf({ [name]: value });
      expect(message).toBe(`Input ${name} contains what is given as api-token, too.`);
      expect(everythingIn(error)).not.toContain(API_TOKEN);
    }
  });

  it('are refused when the GitHub token is given as something else', async () => {
    const { error, message } = await refusalOf({
      'verification-code': GITHUB_TOKEN,
      'github-token': GITHUB_TOKEN,
    });
    expect(message).toBe('Input verification-code contains what is given as github-token, too.');
    expect(everythingIn(error)).not.toContain(GITHUB_TOKEN);
  });

  it.each([
    ['api-url', 'https://jane:hunter2@exam ple.com'],
    ['api-url', 'http://exam ple.com/https://jane:hunter2@hunter2@example.com'],
    ['resolvers', 'https://jane:hunter2@dns.example/dns-query'],
    ['email-domain', 'https://jane:hunter2@hunter2@'],
  ])('in %s, as the password of a URL, are not quoted', async (name, value) => {
    const { error } = await refusalOf({ [name]: value });
    expect(everythingIn(error)).not.toMatch(/hunter/);
  });
});

describe('readSettings: account-id', () => {
  it('comes from CLOUDFLARE_ACCOUNT_ID when the input is absent', async () => {
    const { settings } = await exactSettingsOf(without('account-id'), {
      CLOUDFLARE_ACCOUNT_ID: ` ${ACCOUNT_ID} `,
    });
    expect(settings.account?.accountId).toBe(ACCOUNT_ID);
  });

  it('may have capitals', async () => {
    const { settings } = await settingsOf({ 'account-id': ACCOUNT_ID.toUpperCase() });
    expect(settings.account?.accountId).toBe(ACCOUNT_ID);
  });

  it('is refused when missing, with where it is found', async () => {
    const { message, hint } = await exactRefusalOf(without('account-id'));
    expect(message).toBe('Input account-id is missing.');
    expect(hint).toContain('https://dash.cloudflare.com/<account ID>');
    expect(hint).toContain('CLOUDFLARE_ACCOUNT_ID');
  });

  it.each([
    'my-account',
    ACCOUNT_ID.slice(1),
    `${ACCOUNT_ID}0`,
    `g${ACCOUNT_ID.slice(1)}`,
    `${ACCOUNT_ID}\n${ACCOUNT_ID}`,
    `../${ACCOUNT_ID}`,
  ])('is refused as %j, which is not printed, since it may be the token', async (accountId) => {
    const { error, message, hint } = await refusalOf({ 'account-id': accountId });
    expect(message).toBe(
      `Input account-id has ${accountId.length} characters and is no account ID, which is 32 hexadecimal digits.`,
    );
    expect(hint).toContain('https://dash.cloudflare.com/<account ID>');
    expect(everythingIn(error)).not.toContain(accountId);
  });
});

describe('readSettings: email-domain', () => {
  it('cleans, converts and lists every domain once', async () => {
    const text = '@Example.COM, bücher.example.\nexample.com.\r\n, XN--BCHER-KVA.example\n\nzweite.example';
    const { settings } = await settingsOf({ 'email-domain': text });
    expect(settings.emailDomains).toEqual(['example.com', 'xn--bcher-kva.example', 'zweite.example']);
  });

  it('is refused when missing, unless there is a connector ID', async () => {
    const { message, hint } = await exactRefusalOf(without('email-domain'));
    expect(message).toBe('Input email-domain is missing.');
    expect(hint).toContain('example.com');
    const { settings } = await exactSettingsOf({ ...without('email-domain'), 'connector-id': CONNECTOR_ID });
    expect(settings).toMatchObject({ emailDomains: [], connectorId: CONNECTOR_ID });
  });

  it.each([
    ['jane@example.com', 'is an email address, not a domain', 'You probably meant example.com.'],
    ['https://www.example.com/login', 'is a URL, not a domain', 'You probably meant example.com.'],
    ['192.0.2.1', 'is an IP address, not a domain', 'Give a domain like example.com.'],
    ['2001:db8::1', 'is an IP address, not a domain', 'Give a domain like example.com.'],
    ['1.2.3', 'is an IP address, not a domain', 'Give a domain like example.com.'],
    ['localhost', 'is a single label', 'Give a domain like example.com.'],
    [`${'a'.repeat(64)}.com`, 'has a label of 64 bytes; a label has at most 63', 'Give a domain'],
    ['exa mple.com', 'holds characters that no domain has', 'Give a domain'],
  ])('is refused as %j', async (text, what, right) => {
    const { message, hint } = await refusalOf({ 'email-domain': `good.example, ${text}` });
    expect(message).toContain(`Input email-domain: "${text}" ${what}`);
    expect(hint).toContain(right);
  });

  it('is refused over 253 bytes, and the message is not as long as the name', async () => {
    const { message } = await refusalOf({ 'email-domain': `${'abcdefg.'.repeat(200)}com` });
    expect(message).toContain('is 1603 bytes long; a domain name has at most 253');
    expect(message.length).toBeLessThan(300);
  });

  it('is refused with control characters in it, which are shown as escapes', async () => {
    const { message } = await refusalOf({ 'email-domain': 'exa\u001b[31mmple.com' });
    expect(message).not.toMatch(UNPRINTABLE);
    expect(message).toContain('exa\\u{1b}[31mmple.com');
  });
});

describe('readSettings: connector-id and verification-code', () => {
  it('takes both with one email domain', async () => {
    const { settings } = await settingsOf({ 'connector-id': CONNECTOR_ID, 'verification-code': CODE });
    expect(settings).toMatchObject({ connectorId: CONNECTOR_ID, verificationCode: CODE });
  });

  it('takes the connector ID from CLOUDFLARE_SSO_CONNECTOR_ID', async () => {
    const { settings } = await settingsOf({}, { CLOUDFLARE_SSO_CONNECTOR_ID: CONNECTOR_ID });
    expect(settings.connectorId).toBe(CONNECTOR_ID);
  });

  it.each(['connector-id', 'verification-code'])('refuses %s with several email domains', async (name) => {
    const { message, hint } = await refusalOf({ [name]: CODE, 'email-domain': 'a.example, b.example' });
    expect(message).toBe(`Input ${name} is given together with 2 email domains.`);
    expect(hint).toContain(`leave ${name} out`);
  });

  it('counts a domain that is named twice once', async () => {
    const { settings } = await settingsOf({
      'connector-id': CONNECTOR_ID,
      'email-domain': 'a.example, A.example',
    });
    expect(settings.connectorId).toBe(CONNECTOR_ID);
  });

  it.each(['../accounts', 'a/b', 'a b', 'a?b', 'x'.repeat(65), 'a\nb'])(
    'refuses the connector ID %j',
    async (id) => {
      const { message, hint } = await refusalOf({ 'connector-id': id });
      expect(message).toMatch(/^Input connector-id: ".*" is not a connector ID\.$/);
      expect(hint).toContain('output connector-id of create');
    },
  );

  it.each(['"quoted"', 'two words', 'a\nb', 'ü', 'x'.repeat(256)])(
    'refuses the verification code %j',
    async (code) => {
      const { message, hint } = await refusalOf({ 'verification-code': code });
      expect(message).toMatch(/^Input verification-code: ".*" is not a verification code\.$/);
      expect(hint).toContain('without quotes');
    },
  );
});

describe('a verification code without what stands before its digits', () => {
  it('is refused, since the right record would be taken for a wrong one', async () => {
    const { message, hint } = await refusalOf({ 'verification-code': CODE.replace(/^.*=/, '') });
    expect(message).toContain('lacks what stands before the digits');
    expect(hint).toContain('whole');
  });
});

describe('readSettings without credentials', () => {
  const codeAlone: Inputs = {
    mode: 'wait-for-dns',
    'email-domain': 'example.com',
    'verification-code': CODE,
  };

  it('is content when wait-for-dns has the verification code', async () => {
    const { settings, stdout } = await exactSettingsOf(codeAlone);
    expect(settings.account).toBeUndefined();
    expect(stdout).toBe('');
  });

  it('is content with half of the credentials, too, and uses neither', async () => {
    const { settings } = await exactSettingsOf({ ...codeAlone, 'api-token': API_TOKEN });
    expect(settings.account).toBeUndefined();
  });

  it('still refuses credentials that are wrong', async () => {
    const { message } = await exactRefusalOf({ ...codeAlone, 'account-id': 'abc' });
    expect(message).toContain('Input account-id has 3 characters');
  });

  it.each<[string, Inputs]>([
    ['another mode is there', { ...codeAlone, mode: 'wait-for-dns, enable' }],
    ['the mode is create', { ...codeAlone, mode: 'create' }],
    [
      'there is a code and no domain',
      { mode: 'wait-for-dns', 'verification-code': CODE, 'connector-id': CONNECTOR_ID },
    ],
  ])('refuses when %s', async (_, inputs) => {
    const { message } = await exactRefusalOf(inputs);
    expect(message).toBe('Input api-token is missing.');
  });

  it('does not ask a job without credentials for a token when an output has not reached it', async () => {
    const { message, hint } = await exactRefusalOf({ mode: 'wait-for-dns', 'email-domain': 'example.com' });
    expect(message).toContain('verification-code and api-token are both missing');
    expect(hint).toContain('output verification-code of create');
  });
});

describe('readSettings: resolvers, quorum and authoritative-servers', () => {
  it('names each resolver once', async () => {
    const { settings } = await settingsOf({
      resolvers: 'google, Google\n192.0.2.1:5353, tcp://[2001:db8::1]',
    });
    expect(settings.dns.resolvers.map(({ label }) => label)).toEqual([
      'google',
      '192.0.2.1:5353',
      'tcp://2001:db8::1',
    ]);
    expect(settings.dns.quorum).toBe(2);
  });

  it.each(['cloudfare', 'resolver.example', 'ftp://192.0.2.1', '192.0.2.1:70000', '192.0.2.1:0'])(
    'refuses the resolver %j',
    async (text) => {
      const { message, hint } = await refusalOf({ resolvers: `google, ${text}` });
      expect(message).toBe(`Input resolvers: "${text}" is not a resolver.`);
      expect(hint).toContain('cloudflare, google, quad9, opendns');
    },
  );

  it('refuses a list without any resolver in it', async () => {
    const { message } = await refusalOf({ resolvers: ' , ' });
    expect(message).toBe('Input resolvers names no resolver.');
  });

  it.each([
    ['majority', 3],
    ['all', 4],
    ['1', 1],
    ['4', 4],
  ])('reads the quorum %j of four resolvers', async (quorum, count) => {
    expect((await settingsOf({ quorum })).settings.dns.quorum).toBe(count);
  });

  it.each([
    ['google', 1],
    ['google, quad9', 2],
    ['google, quad9, opendns', 2],
  ])('takes more than half of %j for a majority', async (resolvers, count) => {
    expect((await settingsOf({ resolvers })).settings.dns.quorum).toBe(count);
  });

  it.each([
    ['5', 'is more than the 4 resolvers there are'],
    ['0', 'is not a quorum'],
    ['-1', 'is not a quorum'],
    ['1.5', 'is not a quorum'],
    ['most', 'is not a quorum'],
    ['50%', 'is not a quorum'],
  ])('refuses the quorum %j', async (quorum, what) => {
    const { message, hint } = await refusalOf({ quorum });
    expect(message).toBe(`Input quorum: "${quorum}" ${what}.`);
    expect(hint).toBe('Give majority, all, or a number from 1 to 4.');
  });

  it.each([
    ['auto', 'auto'],
    ['off', 'off'],
    [
      '192.0.2.53, [2001:db8::53]:5353',
      [
        { host: '192.0.2.53', port: 53 },
        { host: '2001:db8::53', port: 5353 },
      ],
    ],
  ])('reads the authoritative servers %j', async (text, servers) => {
    const { settings } = await settingsOf({ 'authoritative-servers': text });
    expect(settings.dns.authoritativeServers).toEqual(servers);
  });

  it.each(['ns1.example.com', 'auto, 192.0.2.53'])('refuses the authoritative servers %j', async (text) => {
    const { message, hint } = await refusalOf({ 'authoritative-servers': text });
    expect(message).toMatch(/^Input authoritative-servers: ".*" is not the address of a server\.$/);
    expect(hint).toContain('auto, off, or IP addresses');
  });
});

describe('readSettings: timeout and poll-interval', () => {
  it('reads durations with a unit', async () => {
    const { settings } = await settingsOf({ timeout: '2h', 'poll-interval': '1s' });
    expect(settings.wait).toMatchObject({ timeoutMs: 7_200_000, pollIntervalMs: 1000 });
  });

  it('accepts a timeout of 0, which looks once', async () => {
    expect((await settingsOf({ timeout: '0' })).settings.wait.timeoutMs).toBe(0);
  });

  it.each(['timeout', 'poll-interval'])(
    'refuses a %s without a unit and asks which was meant',
    async (name) => {
      const { message, hint } = await refusalOf({ [name]: '5' });
      expect(message).toBe(`Input ${name}: "5" is not a duration.`);
      expect(hint).toContain('such as 90s, 15m or 2h');
      expect(hint).toContain('Did you mean 5m or 5s?');
    },
  );

  it.each(['soon', '-5m', '25d'])('refuses the timeout %j and asks nothing', async (timeout) => {
    const { message, hint } = await refusalOf({ timeout });
    expect(message).toBe(`Input timeout: "${timeout}" is not a duration.`);
    expect(hint).toContain('at most 24d');
    expect(hint).not.toContain('Did you mean');
  });

  it.each(['999ms', '0', '0.5s'])('refuses the poll interval %j', async (text) => {
    const { message, hint } = await refusalOf({ 'poll-interval': text });
    expect(message).toBe(`Input poll-interval: "${text}" is too short.`);
    expect(hint).toBe('Give 1s or more.');
  });
});

describe('readSettings: choices', () => {
  it.each(['True', 'TRUE', 'true'])('reads %j as true', async (text) => {
    const { settings } = await settingsOf({ 'dry-run': text, 'use-fedramp-language': text });
    expect(settings).toMatchObject({ dryRun: true, useFedrampLanguage: true });
  });

  it('reads false', async () => {
    const { settings } = await settingsOf({
      preflight: 'false',
      'begin-verification': 'FALSE',
      'use-fedramp-language': 'false',
    });
    expect(settings).toMatchObject({ preflight: false, beginVerification: false, useFedrampLanguage: false });
  });

  it('reads on-timeout', async () => {
    expect((await settingsOf({ 'on-timeout': 'continue' })).settings.wait.onTimeout).toBe('continue');
  });

  it.each([
    ['preflight', 'yes', 'true or false'],
    ['dry-run', '1', 'true or false'],
    ['begin-verification', 'on', 'true or false'],
    ['use-fedramp-language', 'maybe', 'true or false'],
    ['on-timeout', 'ignore', 'fail or continue'],
    ['on-timeout', 'true', 'fail or continue'],
  ])('refuses %s: %s', async (name, text, choices) => {
    const { message, hint } = await refusalOf({ [name]: text });
    expect(message).toBe(`Input ${name}: "${text}" is not ${choices}.`);
    expect(hint).toBe(`Give ${choices}.`);
  });
});

describe('readSettings: api-url', () => {
  it.each([
    ['https://api.example.com/client/v4', 'https://api.example.com/client/v4'],
    ['https://api.example.com/client/v4//', 'https://api.example.com/client/v4'],
    ['https://api.example.com', 'https://api.example.com'],
    ['http://127.0.0.1:8787/client/v4', 'http://127.0.0.1:8787/client/v4'],
    ['http://127.1.2.3', 'http://127.1.2.3'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
    ['http://localhost:8787', 'http://localhost:8787'],
  ])('reads %j', async (text, apiUrl) => {
    expect((await settingsOf({ 'api-url': text })).settings.apiUrl).toBe(apiUrl);
  });

  it.each([
    'http://api.cloudflare.com/client/v4',
    'http://192.0.2.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://0.0.0.0',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
  ])('refuses %j, which would send the token unencrypted', async (text) => {
    const { message, hint } = await refusalOf({ 'api-url': text });
    expect(message).toBe(`Input api-url: "${text}" would send the API token unencrypted.`);
    expect(hint).toContain('Use https, or http on a loopback address.');
  });

  it.each([
    'https://user:pa55word@api.example.com',
    'https://pa55word@api.example.com',
    'https://api.example.com/?key=pa55word',
    'https://api.example.com/#pa55word',
    'https://api.example.com/client/v4?',
    'https://api.example.com/client/v4#',
    'http://user:pa55word@127.0.0.1',
  ])('refuses %j and prints nothing of it', async (text) => {
    const { error, message } = await refusalOf({ 'api-url': text });
    expect(message).toBe('Input api-url has a user name, a password, a query or a fragment in it.');
    expect(everythingIn(error)).not.toMatch(/pa55word|example/);
  });

  it.each(['api.cloudflare.com', '/client/v4', 'https://'])('refuses %j, which is no URL', async (text) => {
    const { message, hint } = await refusalOf({ 'api-url': text });
    expect(message).toBe(`Input api-url: "${text}" is not a URL.`);
    expect(hint).toContain('https://api.cloudflare.com/client/v4');
  });
});

describe('readSettings: the order of modes', () => {
  const chain = ['create', 'publish-dns', 'wait-for-dns', 'enable'];

  it.each([
    chain.join(', '),
    'create, wait-for-dns, enable, check',
    'check, create, enable',
    'create, check, wait-for-dns',
    'publish-dns, enable',
    'disable, delete',
    'delete, create, publish-dns',
    'disable, check',
    'check',
  ])('takes %j', async (mode) => {
    const { settings } = await settingsOf({ mode });
    expect(settings.modes).toEqual(mode.split(', '));
  });

  it.each(['enable, disable', 'disable, enable', 'create, enable, check, delete'])(
    'refuses to enable and take back in one step: %j',
    async (mode) => {
      const { message, hint } = await refusalOf({ mode });
      expect(message).toBe(`Input mode: "${mode}" both enables and takes back.`);
      expect(hint).toContain('another to disable or delete');
    },
  );

  it.each([
    ['wait-for-dns, create', 'create, wait-for-dns'],
    ['delete, disable', 'disable, delete'],
    ['enable, create, wait-for-dns', 'create, wait-for-dns, enable'],
    ['wait-for-dns, publish-dns', 'publish-dns, wait-for-dns'],
    ['create, enable, check, wait-for-dns', 'create, wait-for-dns, enable'],
    ['publish-dns, check, create', 'create, publish-dns'],
  ])('refuses %j and gives the one that works', async (mode, right) => {
    const { message, hint } = await refusalOf({ mode });
    expect(message).toBe(`Input mode: "${mode}" is no order that works.`);
    expect(hint).toBe(`Each mode needs what the one before it has done: ${right}.`);
  });
});

describe('readSettings: record-format and record-file', () => {
  it('writes no record unless it is asked for', async () => {
    expect((await settingsOf({})).settings.record).toBeUndefined();
    expect((await settingsOf({ 'record-format': ' ', 'record-file': '' })).settings.record).toBeUndefined();
  });

  it.each(RECORD_FORMAT_NAMES)('takes the format %s, with and without a file', async (format) => {
    const inputs = { 'record-format': format };
    expect((await settingsOf(inputs)).settings.record).toEqual({ format, file: undefined });
    const { settings } = await settingsOf({ ...inputs, 'record-file': ' dns/zone.file ' });
    expect(settings.record).toEqual({ format, file: 'dns/zone.file' });
  });

  it('takes the format in capitals', async () => {
    const { settings } = await settingsOf({ 'record-format': 'OctoDNS' });
    expect(settings.record?.format).toBe('octodns');
  });

  it.each(['yaml', 'zone', 'bind, json', 'toString'])('refuses the format %j', async (format) => {
    const { message, hint } = await refusalOf({ 'record-format': format });
    const choices = 'bind or octodns or dnscontrol or terraform or tfvars or json';
    expect(message).toBe(`Input record-format: "${format}" is not ${choices}.`);
    expect(hint).toBe(`Give ${choices}.`);
  });

  it('refuses a file without a format', async () => {
    const { message, hint } = await refusalOf({ 'record-file': 'zone.file' });
    expect(message).toBe('Input record-file is given without record-format.');
    expect(hint).toContain('bind, octodns, dnscontrol, terraform, tfvars, json');
  });

  it.each(['wait-for-dns, enable', 'check', 'publish-dns', 'disable, delete'])(
    'refuses a format for the modes %s, which write none',
    async (mode) => {
      const { message, hint } = await refusalOf({ mode, 'record-format': 'json' });
      expect(message).toBe('Input record-format is given, and no mode writes the record.');
      expect(hint).toContain('Add create to mode');
    },
  );

  it('refuses tfvars when no authoritative server may be asked', async () => {
    const { message, hint } = await refusalOf({
      'record-format': 'tfvars',
      'authoritative-servers': 'off',
    });
    expect(message).toContain('tfvars needs the authoritative servers, and authoritative-servers is off.');
    expect(hint).toContain('Leave authoritative-servers out');
  });

  it.each(['auto', '192.0.2.53'])('takes tfvars with the authoritative servers %s', async (servers) => {
    const inputs = { 'record-format': 'tfvars', 'authoritative-servers': servers };
    expect((await settingsOf(inputs)).settings.record?.format).toBe('tfvars');
  });

  it.each(RECORD_FORMAT_NAMES.filter((name) => name !== 'tfvars'))(
    'takes %s also when no authoritative server may be asked',
    async (format) => {
      const inputs = { 'record-format': format, 'authoritative-servers': 'off' };
      expect((await settingsOf(inputs)).settings.record?.format).toBe(format);
    },
  );

  it('writes in the workspace of the job, or where the process is', async () => {
    expect((await settingsOf({}, { GITHUB_WORKSPACE: '/work/of/the/job' })).settings.workspace).toBe(
      '/work/of/the/job',
    );
    expect((await settingsOf({}, { GITHUB_WORKSPACE: '' })).settings.workspace).toBe(process.cwd());
  });
});

describe('readSettings: what check holds things against', () => {
  const GITHUB_TOKEN = 'ghs_TokenOfTheTests0123456789';

  it('expects enabled, fails on drift and keeps no issue', async () => {
    const { settings } = await settingsOf({ mode: 'check', 'github-token': GITHUB_TOKEN });
    expect(settings.check).toEqual({ expectEnabled: true, failOnDrift: true, issue: undefined });
  });

  it('reads each of them', async () => {
    const { settings } = await settingsOf({
      mode: 'check',
      'expect-enabled': 'false',
      'fail-on-drift': 'FALSE',
      'drift-issue': 'true',
      'github-token': ` ${GITHUB_TOKEN}\n`,
    });
    expect(settings.check).toEqual({
      expectEnabled: false,
      failOnDrift: false,
      issue: { githubToken: GITHUB_TOKEN },
    });
  });

  it.each(['expect-enabled', 'fail-on-drift', 'drift-issue'])('refuses %s: yes', async (name) => {
    const { message, hint } = await refusalOf({ mode: 'check', [name]: 'yes' });
    expect(message).toBe(`Input ${name}: "yes" is not true or false.`);
    expect(hint).toBe('Give true or false.');
  });

  it('refuses an issue without a token', async () => {
    const { message, hint } = await refusalOf({ mode: 'check', 'drift-issue': 'true', 'github-token': '' });
    expect(message).toBe('Input drift-issue is true, and github-token is empty.');
    expect(hint).toContain('"issues: write"');
  });

  it('takes no token from the environment', async () => {
    const { message } = await refusalOf(
      { mode: 'check', 'drift-issue': 'true' },
      { GITHUB_TOKEN, GH_TOKEN: GITHUB_TOKEN },
    );
    expect(message).toBe('Input drift-issue is true, and github-token is empty.');
  });

  it('keeps the token only where it is needed', async () => {
    const { settings } = await settingsOf({ 'drift-issue': 'false', 'github-token': GITHUB_TOKEN });
    expect(JSON.stringify(settings)).not.toContain(GITHUB_TOKEN);
  });

  it('shows the token in no refusal', async () => {
    const { error } = await refusalOf({
      mode: 'check',
      'drift-issue': 'true',
      'github-token': GITHUB_TOKEN,
      'fail-on-drift': 'maybe',
    });
    expect(everythingIn(error)).not.toContain(GITHUB_TOKEN);
  });

  it.each(['check', 'publish-dns', 'disable', 'delete'])('needs credentials for mode %s', async (mode) => {
    const { message } = await exactRefusalOf({ ...without('api-token'), mode });
    expect(message).toBe('Input api-token is missing.');
  });
});
