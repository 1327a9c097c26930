import { describe, expect, it } from 'vitest';
import { INPUT_NAMES } from '../../../src/action/inputs/values.ts';
import { InputError } from '../../../src/domain/errors.ts';
import { everythingIn, rejectionOf } from '../../checks/errors.ts';
import { type Inputs, refusalOf, settingsOf } from '../../real/action-inputs.ts';
import { ACCOUNT_ID, API_TOKEN, CODE } from '../../samples/results.ts';

const GITHUB_TOKEN = 'ghs_TokenOfTheTests0123456789';

describe('readSettings with only the required inputs', () => {
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
      preflight: 'true',
      confirmWithinMs: undefined,
      dryRun: false,
      apiUrl: 'https://api.cloudflare.com/client/v4',
      notices: [],
    });
    expect(settings.dns.resolvers.map(({ label }) => label)).toEqual([
      'cloudflare',
      'google',
      'quad9',
      'opendns',
    ]);
  });

  it('treats an empty or blank input as absent', async () => {
    const { settings } = await settingsOf({ timeout: '', quorum: '  ', 'dry-run': '\n', 'connector-id': '' });
    expect(settings).toMatchObject({ wait: { timeoutMs: 1_800_000 }, dns: { quorum: 3 }, dryRun: false });
    expect(settings.connectorId).toBeUndefined();
  });

  it('writes to the workspace of the job, or to the working directory', async () => {
    expect((await settingsOf({}, { GITHUB_WORKSPACE: '/work/of/the/job' })).settings.workspace).toBe(
      '/work/of/the/job',
    );
    expect((await settingsOf({}, { GITHUB_WORKSPACE: '' })).settings.workspace).toBe(process.cwd());
  });
});

describe('readSettings with several wrong inputs', () => {
  /** On top of good inputs. */
  async function refusalsOf(inputs: Inputs): Promise<AggregateError & { readonly errors: readonly Error[] }> {
    return rejectionOf(settingsOf(inputs), AggregateError);
  }

  /** The inputs that each message names. */
  function inputsNamedIn({ errors }: { readonly errors: readonly Error[] }): readonly (readonly string[])[] {
    return errors.map(({ message }) => {
      const words = message.split(/[^\w-]+/);
      return INPUT_NAMES.filter((name) => words.includes(name));
    });
  }

  /** In the order in which they are read. */
  const WRONG: Inputs = {
    mode: 'destroy',
    'account-id': 'abc',
    'email-domain': '',
    resolvers: 'nonsense',
    'authoritative-servers': 'ns1.example.com',
    timeout: '5',
    'on-timeout': 'ignore',
    preflight: 'maybe',
    'confirm-within': '0s',
    'expect-enabled': 'yes',
    'drift-issue': 'maybe',
    'dry-run': '1',
    'api-url': '/client/v4',
  };

  it('names each of them exactly once', async () => {
    const error = await refusalsOf(WRONG);
    expect(error.errors.every((one) => one instanceof InputError)).toBe(true);
    expect(inputsNamedIn(error)).toEqual(Object.keys(WRONG).map((name) => [name]));
    expect(error.message).toContain(String(Object.keys(WRONG).length));
  });

  it('gives each error its own value and hint', async () => {
    const { errors } = await refusalsOf({ timeout: '5', quorum: '9', preflight: 'maybe' });
    const told = errors.map((error) => (error instanceof InputError ? [error.message, error.hint] : []));
    expect(told).toEqual([
      [expect.stringMatching(/quorum.*"9"/), expect.stringContaining('1 to 4')],
      [expect.stringMatching(/timeout.*"5"/), expect.stringContaining('5m')],
      [expect.stringMatching(/preflight.*"maybe"/), expect.stringContaining('strict')],
    ]);
  });

  it.each<[string, Inputs, readonly string[]]>([
    ['mode', { mode: 'destroy', 'record-format': 'json', timeout: '5' }, ['mode', 'timeout']],
    ['mode', { mode: 'destroy', 'api-token': '', timeout: '5' }, ['mode', 'timeout']],
    [
      'email-domain',
      { 'email-domain': 'x', 'verification-code': CODE, timeout: '5' },
      ['email-domain', 'timeout'],
    ],
    [
      'resolvers',
      { resolvers: 'x', quorum: '3', 'record-format': 'json', timeout: '5' },
      ['resolvers', 'timeout'],
    ],
  ])('names %s once, although several readers need it: %j', async (_, inputs, names) => {
    const error = await refusalsOf(inputs);
    expect(inputsNamedIn(error)).toEqual(names.map((name) => [name]));
  });

  it('names a wrong verification code once when it decides whether credentials are needed', async () => {
    const inputs = { mode: 'wait-for-dns', 'verification-code': '"', 'api-token': '', timeout: '5' };
    expect(inputsNamedIn(await refusalsOf(inputs))).toEqual([['verification-code'], ['timeout']]);
  });

  it('quotes no secret in any of them', async () => {
    const secrets = { 'api-token': `${API_TOKEN}\u00a0x`, 'github-token': GITHUB_TOKEN };
    const url = 'https://jane:hunter2@dns.example';
    const error = await refusalsOf({
      ...secrets,
      timeout: '5',
      resolvers: url,
      'email-domain': `${url}, jane@`,
      'fail-on-drift': url,
      'api-url': `${url}/?key=pa55word`,
    });
    expect(inputsNamedIn(error).flat()).toEqual([
      'api-token',
      'email-domain',
      'resolvers',
      'timeout',
      'fail-on-drift',
      'api-url',
    ]);
    for (const one of [error, ...error.errors]) {
      const shown = everythingIn(one);
      for (const secret of [API_TOKEN, GITHUB_TOKEN, 'hunter', 'pa55word'])
        expect(shown).not.toContain(secret);
    }
  });

  it('stops at a token in the wrong input, because the other errors could quote it', async () => {
    const { error, message } = await refusalOf({ ...WRONG, 'email-domain': API_TOKEN });
    expect(message).toMatch(/email-domain.*api-token/);
    expect(everythingIn(error)).not.toContain(API_TOKEN);
  });

  it.each(Object.entries(WRONG))(
    'throws the one InputError itself if only %s is wrong',
    async (name, value) => {
      const { error, hint } = await refusalOf({ [name]: value });
      expect(inputsNamedIn({ errors: [error] })).toEqual([[name]]);
      expect(hint).not.toBe('');
    },
  );
});

describe('readSettings: poll-interval', () => {
  it.each(['999ms', '0', '0.5s'])('refuses %j', async (text) => {
    const { message, hint } = await refusalOf({ 'poll-interval': text });
    expect(message).toContain(`poll-interval: "${text}"`);
    expect(message).toContain('short');
    expect(hint).toMatch(/\b1s\b/);
  });
});

describe('readSettings: confirm-within', () => {
  const confirmWithinMs = async (text: string) =>
    (await settingsOf({ 'confirm-within': text })).settings.confirmWithinMs;

  it.each([
    ['15m', 900_000],
    ['90s', 90_000],
    ['1.5 hours', 5_400_000],
    ['1s', 1000],
    ['24d', 24 * 86_400_000],
  ])('reads %j', async (text, durationMs) => {
    expect(await confirmWithinMs(text)).toBe(durationMs);
  });

  it.each(['', '  ', '\n'])('is off when it is %j', async (text) => {
    expect(await confirmWithinMs(text)).toBeUndefined();
  });

  it.each(['0', '0s', '999ms', '0.5s'])('refuses %j: nobody could sign in', async (text) => {
    const { message, hint } = await refusalOf({ 'confirm-within': text });
    expect(message).toContain(`confirm-within: "${text}"`);
    expect(message).toContain('short');
    expect(hint).toContain('15m');
  });

  it.each(['true', '-5m', '25d', '5'])('refuses %j, which is not a duration', async (text) => {
    const { message, hint } = await refusalOf({ 'confirm-within': text });
    expect(message).toContain(`confirm-within: "${text}"`);
    expect(message).toContain('duration');
    expect(hint).toContain('24d');
  });
});

describe('readSettings: check', () => {
  it('expects enabled, fails on drift and keeps no issue', async () => {
    const { settings } = await settingsOf({ mode: 'check', 'github-token': GITHUB_TOKEN });
    expect(settings.check).toEqual({ expectEnabled: true, failOnDrift: true, issue: undefined });
  });

  it('reads each of its inputs', async () => {
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
    expect(message).toContain(`${name}: "yes"`);
    expect(hint).toMatch(/\btrue\b.*\bfalse\b/);
  });

  it.each<[string, Inputs]>([
    ['an empty one', {}],
    ['one in the environment', { GITHUB_TOKEN, GH_TOKEN: GITHUB_TOKEN }],
  ])('refuses an issue without a token, even with %s', async (_, environment) => {
    const inputs = { mode: 'check', 'drift-issue': 'true', 'github-token': '' };
    const { message, hint } = await refusalOf(inputs, environment);
    expect(message).toMatch(/drift-issue\b.*\bgithub-token\b.*\bempty/);
    expect(hint).toContain('"issues: write"');
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

  it.each<[string, Inputs, readonly string[]]>([
    ['both credentials', { 'account-id': '', 'api-token': '' }, ['account-id', 'api-token']],
    ['a wrong ID and a missing token', { 'account-id': 'x', 'api-token': '' }, ['account-id', 'api-token']],
    [
      'a wrong domain, connector ID and code',
      { 'email-domain': 'localhost', 'connector-id': '?', 'verification-code': '"' },
      ['email-domain', 'connector-id', 'verification-code'],
    ],
    [
      'a wrong mode, format and server',
      { mode: 'x', 'record-format': 'y', 'authoritative-servers': 'z' },
      ['mode', 'authoritative-servers', 'record-format'],
    ],
  ])('names each of several that build on one another: %s', async (_, inputs, names) => {
    const thrown = await settingsOf(inputs).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AggregateError);
    const messages = (thrown as AggregateError).errors.map(({ message }: Error) => message);
    expect(messages.map((message) => /^Input (?<name>[a-z-]+)/.exec(message)?.groups?.['name'])).toEqual(
      names,
    );
  });
});
