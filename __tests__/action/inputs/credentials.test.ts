import { describe, expect, it } from 'vitest';
import { INPUT_NAMES } from '../../../src/action/inputs/values.ts';
import { everythingIn } from '../../checks/errors.ts';
import { runnerCommands } from '../../checks/runner-commands.ts';
import {
  exactRefusalOf,
  exactSettingsOf,
  GOOD_INPUTS,
  type Inputs,
  refusalOf,
  settingsOf,
} from '../../real/action-inputs.ts';
import { ACCOUNT_ID, API_TOKEN, CODE, CONNECTOR_ID } from '../../samples/results.ts';

function without(...names: readonly string[]): Inputs {
  return Object.fromEntries(Object.entries(GOOD_INPUTS).filter(([name]) => !names.includes(name)));
}

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

  it('is refused when missing, with the permissions it needs and where a secret may be lost', async () => {
    const { message, hint } = await exactRefusalOf(without('api-token'));
    expect(message).toMatch(/^Input api-token\b.*\bmissing/);
    expect(hint).toContain('SSO Connector: Edit');
    expect(hint).toContain('environment');
    expect(hint).toContain('Identity Providers');
  });

  it.each([
    ['\n', ['first-half', 'second-half']],
    ['\r\n', ['first-half', 'second-half']],
    ['\r', ['first-half', 'second-half']],
    ['\n\n  ', ['first-half', 'second-half']],
  ])('is refused with the line break %j inside, and each of its lines masked', async (lineBreak, masked) => {
    const { error, message, stdout } = await refusalOf({ 'api-token': `first-half${lineBreak}second-half` });
    expect(message).toMatch(/api-token\b.*\bline break/);
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
    expect(message).toMatch(/api-token\b.*\bspace\b.*\bcharacter/);
    expect(hint).toMatch(/\bquotes\b.*\bBearer\b/);
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
      expect(message).toMatch(new RegExp(`^Input ${name} contains\\b.*\\bapi-token\\b`));
      expect(everythingIn(error)).not.toContain(API_TOKEN);
    }
  });

  it('are refused when the GitHub token is in another input', async () => {
    const { error, message } = await refusalOf({
      'verification-code': GITHUB_TOKEN,
      'github-token': GITHUB_TOKEN,
    });
    expect(message).toMatch(/^Input verification-code contains\b.*\bgithub-token\b/);
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

  it.each([`Bearer ${API_TOKEN}`, `"${API_TOKEN}"`, `${API_TOKEN}\nsecond-half`])(
    'are not quoted from another input either when api-token is %j',
    async (token) => {
      const { error, message } = await refusalOf({ 'api-token': token, 'email-domain': API_TOKEN });
      expect(message).toMatch(/^Input email-domain contains\b.*\bapi-token\b/);
      expect(everythingIn(error)).not.toContain(API_TOKEN);
    },
  );
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
    expect(message).toMatch(/^Input account-id\b.*\bmissing/);
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
    expect(message).toMatch(
      new RegExp(`account-id\\b.*\\b${accountId.length} characters\\b.*\\b32 hexadecimal digits`),
    );
    expect(hint).toContain('https://dash.cloudflare.com/<account ID>');
    expect(everythingIn(error)).not.toContain(accountId);
  });
});

describe('readSettings without credentials', () => {
  const codeAlone: Inputs = {
    mode: 'wait-for-dns',
    'email-domain': 'example.com',
    'verification-code': CODE,
  };

  it('is enough when wait-for-dns has the verification code', async () => {
    const { settings, stdout } = await exactSettingsOf(codeAlone);
    expect(settings.account).toBeUndefined();
    expect(stdout).toBe('');
  });

  it('is enough with half of the credentials, which are not used', async () => {
    const { settings } = await exactSettingsOf({ ...codeAlone, 'api-token': API_TOKEN });
    expect(settings.account).toBeUndefined();
  });

  it('still refuses credentials that are wrong', async () => {
    const { message } = await exactRefusalOf({ ...codeAlone, 'account-id': 'abc' });
    expect(message).toMatch(/account-id\b.*\b3 characters/);
  });

  it.each<[string, Inputs]>([
    ['another mode is there', { ...codeAlone, mode: 'wait-for-dns, enable' }],
    ['the mode is create', { ...codeAlone, mode: 'create' }],
    [
      'there is a code and no domain',
      { mode: 'wait-for-dns', 'verification-code': CODE, 'connector-id': CONNECTOR_ID },
    ],
  ])('refuses when %s', async (_, inputs) => {
    const { message } = await exactRefusalOf({ 'account-id': ACCOUNT_ID, ...inputs });
    expect(message).toMatch(/^Input api-token\b.*\bmissing/);
    expect(message).not.toContain('verification-code');
  });

  it.each(['check', 'publish-dns', 'disable', 'delete'])('refuses for the mode %s', async (mode) => {
    const { message } = await exactRefusalOf({ ...without('api-token'), mode });
    expect(message).toMatch(/^Input api-token\b.*\bmissing/);
    expect(message).not.toContain('verification-code');
  });

  it('does not ask a job without credentials for a token when an output has not reached it', async () => {
    const { message, hint } = await exactRefusalOf({ mode: 'wait-for-dns', 'email-domain': 'example.com' });
    expect(message).toMatch(/\bverification-code\b.*\bapi-token\b.*\bmissing/);
    expect(hint).toMatch(/\bverification-code\b.*\bcreate\b.*\boutputs\b/);
    expect(hint).toContain('SSO Connector: Read');
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
    expect(message).toContain(`api-url: "${text}"`);
    expect(message).toContain('unencrypted');
    expect(hint).toMatch(/\bhttps\b.*\bloopback\b/);
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
    expect(message).toMatch(/api-url\b.*\bpassword\b.*\bquery\b.*\bfragment\b/);
    expect(everythingIn(error)).not.toMatch(/pa55word|example/);
  });

  it.each(['api.cloudflare.com', '/client/v4', 'https://'])(
    'refuses %j, which is not a URL',
    async (text) => {
      const { message, hint } = await refusalOf({ 'api-url': text });
      expect(message).toContain(`api-url: "${text}"`);
      expect(message).toContain('not a URL');
      expect(hint).toContain('https://api.cloudflare.com/client/v4');
    },
  );
});
