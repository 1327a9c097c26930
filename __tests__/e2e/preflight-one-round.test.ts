import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { verdictsOf } from '../checks/preflight.ts';
import { startHoldingProxy } from '../fakes/holding-proxy.ts';
import { signedIn } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
  signedIn(sandbox);
});
afterEach(() => sandbox.close());

/** Runs a step through a proxy that answers a round of requests only once it is complete. */
async function eventsOf(inputs: Record<string, string>, rounds: readonly number[], apiToken: string) {
  await using proxy = await startHoldingProxy(sandbox.apiUrl, rounds);
  const result = await runStep({
    with: { 'email-domain': 'example.com', 'api-url': proxy.url, resolvers: '127.0.0.1:9', ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: apiToken },
  });
  expect(result.exitCode).toBe(0);
  return { result, events: proxy.events };
}

const account = () => `/accounts/${sandbox.accountId}`;
const evidence = () =>
  [
    `GET ${account()}/access/apps`,
    `GET ${account()}/access/identity_providers`,
    `GET ${account()}/access/logs/access_requests`,
    `GET ${account()}/members`,
    `GET ${account()}/tokens/verify`,
  ].toSorted();
const list = () => `GET ${account()}/sso_connectors`;
const answers = (count: number): string[] => Array(count).fill('answered');

describe('preflight costs one round of requests', () => {
  it.each([
    [
      "with a user's token, of which both owners are asked",
      () => sandbox.apiToken,
      ['GET /user/tokens/verify'],
    ],
    ['with a token of the account', () => sandbox.addToken({ ownerAccountId: sandbox.accountId }), []],
  ] as const)('%s', async (_, token, more) => {
    const wanted = [...evidence(), list(), ...more].toSorted();
    const { events, result } = await eventsOf({ mode: 'preflight' }, [wanted.length], token());
    expect(events.slice(0, wanted.length).toSorted()).toEqual(wanted);
    expect(events.slice(wanted.length)).toEqual(answers(wanted.length));
    expect(new Set(Object.values(verdictsOf(result)))).toEqual(new Set(['passed']));
  });

  it('for several email domains, which share what is of the account', async () => {
    const domains = ['example.com', 'two.example', 'three.example'];
    for (const emailDomain of domains) signedIn(sandbox, { email: `alex@${emailDomain}` });
    const token = sandbox.addToken({ ownerAccountId: sandbox.accountId });
    const count = evidence().length + 1 + domains.length - 1;
    const inputs = { mode: 'preflight', 'email-domain': domains.join() };
    const { events } = await eventsOf(inputs, [count], token);
    expect(new Set(events.slice(0, count))).toEqual(new Set([...evidence(), list()]));
    expect(events.slice(count)).toEqual(answers(count));
  });

  it('in an enable, once it is known that there is something to enable', async () => {
    const token = sandbox.addToken({ ownerAccountId: sandbox.accountId });
    const count = evidence().length;
    const { events } = await eventsOf({ mode: 'enable' }, [1, count], token);
    expect(events.slice(0, 2)).toEqual([list(), 'answered']);
    expect(events.slice(2, 2 + count).toSorted()).toEqual(evidence());
    expect(events.slice(2 + count, 2 + 2 * count)).toEqual(answers(count));
    expect(events[2 + 2 * count]).toMatch(/^PATCH /);
  });
});
