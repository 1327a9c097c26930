import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ApiToken } from '../../src/cloudflare/api-token.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { type Answer, failure, startApiServer, success } from '../fakes/api-server.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { ACCOUNT_ID, API_TOKEN } from '../samples/results.ts';

const USER_PATH = '/user/tokens/verify';
const ACCOUNT_PATH = `/accounts/${ACCOUNT_ID}/tokens/verify`;
const NEW_TOKEN = 'cfat_0123456789abcdefghijklmnopqrstuv';

const ACTIVE = { status: 'active', expiresAtMs: undefined, notBeforeMs: undefined };

type Setup = Pick<ReturnType<typeof clientOf>, 'client' | 'clock'>;

function tokenOf({ client, clock }: Setup, apiToken = API_TOKEN): ApiToken {
  return new ApiToken(client, { accountId: ACCOUNT_ID, apiToken }, clock);
}

/** Answers by path. */
function byOwner(answers: { readonly user: Answer; readonly account: Answer }): Answer {
  return (response, request) =>
    (request.path === USER_PATH ? answers.user : answers.account)(response, request);
}

const active = success({ id: 't1', status: 'active' });
const unknown = failure(401, 'Invalid API Token');

async function factsFrom(answer: Answer, apiToken?: string) {
  await using server = await startApiServer(answer);
  using setup = clientOf(server.apiUrl);
  const facts = await tokenOf(setup, apiToken).facts();
  return { facts, paths: server.requests.map(({ path }) => path).sort() };
}

describe('the facts of a token without the prefix', () => {
  it.each([
    ['a user', { user: active, account: unknown }, false],
    ['the account', { user: unknown, account: active }, true],
    ['a user, while the account cannot be asked', { user: active, account: failure(403) }, false],
  ])('come from its owner, %s, and both are asked', async (_, answers, isOfAccount) => {
    expect(await factsFrom(byOwner(answers))).toEqual({
      facts: { ...ACTIVE, isOfAccount },
      paths: [ACCOUNT_PATH, USER_PATH],
    });
  });

  it('are asked for side by side: neither waits for the other', async () => {
    const waiting: (() => void)[] = [];
    const together = (answer: Answer): Answer => {
      return (response, request) => {
        waiting.push(() => answer(response, request));
        if (waiting.length === 2) for (const go of waiting) go();
      };
    };
    const answers = { user: together(unknown), account: together(active) };
    expect((await factsFrom(byOwner(answers))).facts).toMatchObject({ isOfAccount: true });
  });

  it.each([
    ['neither has it', { user: unknown, account: unknown }, 401],
    ['the account says why not', { user: unknown, account: failure(403) }, 403],
    ['the account does not answer', { user: unknown, account: failure(500) }, 500],
    ['the user does not answer', { user: failure(503), account: unknown }, 503],
  ])('fail where %s, with the failure that says the most and no permission', async (_, answers, status) => {
    await using server = await startApiServer(byOwner(answers));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(tokenOf(setup).facts(), CloudflareApiError);
    expect(error).toMatchObject({ status, permission: undefined });
  });
});

describe('the facts of a new token of an account', () => {
  it('come from the account alone', async () => {
    expect(await factsFrom(active, NEW_TOKEN)).toEqual({
      facts: { ...ACTIVE, isOfAccount: true },
      paths: [ACCOUNT_PATH],
    });
  });

  it('fail with what the account says, without a permission even at a 403', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(tokenOf(setup, NEW_TOKEN).facts(), CloudflareApiError);
    expect(error).toMatchObject({ status: 403, permission: undefined });
    expect(error.hint).not.toContain('permission');
    expect(server.requests.map(({ path }) => path)).toEqual([ACCOUNT_PATH]);
  });
});

describe('the facts', () => {
  const factsOf = async (verified: object) =>
    (await factsFrom(success({ id: 't1', status: 'active', ...verified }), NEW_TOKEN)).facts;

  it('have status and dates', async () => {
    const verified = {
      status: 'expired',
      expires_on: '2026-01-05T12:00:00Z',
      not_before: '2026-01-05T13:00:00+01:00',
    };
    expect(await factsOf(verified)).toEqual({
      status: 'expired',
      expiresAtMs: NOON_MS,
      notBeforeMs: NOON_MS,
      isOfAccount: true,
    });
  });

  it('have no dates where there are none', async () => {
    expect(await factsOf({ expires_on: null, not_before: null })).toMatchObject(ACTIVE);
  });

  it.each([
    { expires_on: 'soon' },
    { expires_on: '' },
    { not_before: '2026-13-45' },
    { expires_on: 7 },
    { status: undefined },
  ])('are none where Cloudflare says %j: the token would seem to be good', async (verified) => {
    const error = await rejectionOf(factsOf(verified), CloudflareApiError);
    expect(error.message).toContain('unexpected shape');
  });

  it('are read once for many email domains, and again after a minute', async () => {
    await using server = await startApiServer(active);
    using setup = clientOf(server.apiUrl);
    const token = tokenOf(setup, NEW_TOKEN);
    await Promise.all([token.facts(), token.facts()]);
    await token.facts();
    expect(server.requests).toHaveLength(1);
    await setup.clock.sleep(60_001);
    await token.facts();
    expect(server.requests).toHaveLength(2);
  });
});

describe('the tokens of the sandbox', () => {
  it.each([
    ['a user', {}, false],
    ['the account', { ownerAccountId: ACCOUNT_ID }, true],
    ['the account, from before the prefix', { ownerAccountId: ACCOUNT_ID, value: API_TOKEN }, true],
  ])('are told as those of %s', async (_, options, isOfAccount) => {
    await using sandbox = await startSandbox({ now: () => NOON_MS });
    const expiresOn = '2026-02-01T00:00:00Z';
    const apiToken = sandbox.addToken({ ...options, expiresOn, permissions: [] });
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    expect(await tokenOf(setup, apiToken).facts()).toEqual({
      ...ACTIVE,
      expiresAtMs: Date.parse(expiresOn),
      isOfAccount,
    });
  });
});
