import { describe, expect, it } from 'vitest';
import { INPUT_NAMES } from '../../src/action/inputs/values.ts';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import { CHAIN, runKept } from '../secrets/kept.ts';
import { startWorld, type World } from '../secrets/world.ts';

const DOMAIN = 'misplaced.example';
const GIVEN = { ...CHAIN, timeout: '1s', 'email-domain': DOMAIN };

/** That nobody was asked anything, and nothing was written down. */
function expectNothingDone({ sandbox, github }: World): void {
  const { api, authoritative, resolver } = sandbox;
  // On a busy machine a question to a server that had the same port before may come here.
  const questions = [...authoritative.queries, ...resolver.queries].filter(({ name }) =>
    name.endsWith(DOMAIN),
  );
  expect([...api.requests, ...github.requests, ...questions]).toEqual([]);
}

describe.concurrent('a token in the wrong input is sent nowhere, and not quoted', () => {
  const others = INPUT_NAMES.filter((name) => name !== 'api-token');
  it.each(others)('%s', async (name) => {
    await using world = await startWorld();
    const token = world.sandbox.apiToken;
    for (const value of [token, `https://jane:${token}@api.example/client/v4`]) {
      const { log, outputs, leaks } = await world.run({ ...GIVEN, [name]: value });
      expect(log).toMatch(new RegExp(`::Input ${name} .*api-token`));
      expect({ outputs, leaks }).toEqual({ outputs: {}, leaks: [] });
    }
    expectNothingDone(world);
  });

  it.each(RECORD_FORMAT_NAMES)('record-file, for %s', async (format) => {
    await using world = await startWorld();
    const file = `records/${world.sandbox.apiToken}.txt`;
    await runKept(world, 1, { ...GIVEN, mode: 'create', 'record-format': format, 'record-file': file });
    expectNothingDone(world);
  });

  it('api-token, which has the GitHub token', async () => {
    await using world = await startWorld();
    const { leaks, log } = await world.run({ ...GIVEN, 'api-token': world.github.token });
    expect(leaks).toEqual([]);
    expect(log).toMatch(/::Input github-token .*api-token/);
    expectNothingDone(world);
  });

  it('verification-code, which has the GitHub token, of a wait without credentials', async () => {
    await using world = await startWorld();
    const inputs = { ...GIVEN, mode: 'wait-for-dns', 'verification-code': world.github.token };
    const { leaks, outputs } = await world.run({ ...inputs, 'api-token': '', 'account-id': '' });
    expect({ leaks, outputs }).toEqual({ leaks: [], outputs: {} });
    expectNothingDone(world);
  });
});

describe.concurrent('a token that is given in a wrong way is not quoted', () => {
  const TOKEN = 'a-token-of-nobody_0123456789-abcdefghij';

  it.each([
    ['with a line break inside', `${TOKEN}\n${TOKEN.toUpperCase()}`, [TOKEN, TOKEN.toUpperCase()]],
    ['with the word Bearer', `Bearer ${TOKEN}`, [`Bearer ${TOKEN}`, TOKEN]],
    ['with the name of the header', `Authorization: ${TOKEN}`, [`Authorization: ${TOKEN}`]],
    ['with a letter that no token has', `${TOKEN}ü`, [`${TOKEN}ü`]],
  ])('%s', async (_, given, masked) => {
    await using world = await startWorld();
    const secrets = { 'the given token': TOKEN, 'its other half': TOKEN.toUpperCase() };
    const result = await world.run({ ...GIVEN, 'api-token': given }, {}, secrets);
    expect(result).toMatchObject({ exitCode: 1, stderr: '', leaks: [] });
    expect(result.masked).toEqual(expect.arrayContaining(masked));
    expect(result.log).toContain('::Input api-token contains a ');
    expectNothingDone(world);
  });

  it('in quotes, with which the API is asked', async () => {
    await using world = await startWorld();
    const inputs = { ...GIVEN, 'api-token': `"${TOKEN}"` };
    const result = await world.run(inputs, {}, { 'the given token': TOKEN });
    expect(result).toMatchObject({ exitCode: 1, stderr: '', leaks: [] });
    expect(result.masked).toEqual(expect.arrayContaining([`"${TOKEN}"`, TOKEN]));
    expect(result.log).toContain('without quotes');
  });

  it('as a GitHub token with a line break inside', async () => {
    await using world = await startWorld();
    const inputs = {
      mode: 'check',
      'drift-issue': 'true',
      'github-token': `${TOKEN}\n${TOKEN.toUpperCase()}`,
    };
    const secrets = { 'the given token': TOKEN, 'its other half': TOKEN.toUpperCase() };
    const result = await world.run(inputs, {}, secrets);
    expect(result).toMatchObject({ exitCode: 1, stderr: '', leaks: [] });
    expect(world.github.requests).toEqual([]);
  });
});

describe.concurrent('the password of another account is not quoted', () => {
  const PASSWORD = 'a-password_0123456789';

  it.each([
    ['api-url', `https://jane:${PASSWORD}@api.example/client/v4`],
    ['api-url', `https://jane:${PASSWORD}@api example/client/v4`],
    ['api-url', `https://api.example/client/v4?token=${PASSWORD}`],
    ['resolvers', `https://jane:${PASSWORD}@dns.example/dns-query`],
  ])('in %s: %s', async (name, value) => {
    await using world = await startWorld();
    await runKept(world, 1, { ...GIVEN, [name]: value }, {}, { 'the password': PASSWORD });
    expectNothingDone(world);
  });

  it('in the address of GitHub', async () => {
    await using world = await startWorld();
    const env = { GITHUB_API_URL: `http://jane:${PASSWORD}@127.0.0.1:1/?token=${PASSWORD}` };
    const inputs = { mode: 'check', 'drift-issue': 'true' };
    await runKept(world, 1, inputs, env, { 'the password': PASSWORD });
    await runKept(
      world,
      1,
      inputs,
      { GITHUB_API_URL: `${PASSWORD}://${PASSWORD}` },
      { 'the password': PASSWORD },
    );
  });
});
