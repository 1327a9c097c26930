import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../sandbox/control-plane.ts';
import { exchange } from '../../sandbox/dns/client.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { send } from '../real/http-probe.ts';

let sandbox: Sandbox;
let control: ControlPlane;

beforeEach(async () => {
  sandbox = await startSandbox({ now: () => Date.parse('2026-09-01T12:00:00Z') });
  control = await startControlPlane(sandbox);
});
afterEach(async () => {
  await control[Symbol.asyncDispose]();
  await sandbox.close();
});

async function post(path: string, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await send(`${control.url}${path}`, { method: 'POST', body: text });
  return { status: reply.status, body: JSON.parse(reply.text) };
}

async function read(path: string, accountId: string) {
  const url = `${sandbox.apiUrl}/accounts/${accountId}/${path}`;
  const reply = await send(url, { token: sandbox.apiToken });
  return { status: reply.status, ...JSON.parse(reply.text) };
}

it('GET /questions shows what every DNS server was asked', async () => {
  await exchange({ server: sandbox.resolver.address, name: 'example.com', type: 'SOA', rd: true });
  const reply = await send(`${control.url}/questions`);
  expect(JSON.parse(reply.text)).toMatchObject([
    { role: 'authoritative', server: sandbox.authoritative.address, name: 'example.com', type: 'SOA' },
    { role: 'resolver', server: sandbox.resolver.address, name: 'example.com', type: 'SOA' },
  ]);
});

describe('POST /sign-ins', () => {
  it('plays an allowed sign-in and a denied one', async () => {
    const allowed = await post('/sign-ins', { email: 'a@example.com' });
    expect(allowed).toMatchObject({ status: 201, body: { user_email: 'a@example.com', allowed: true } });
    const at = Date.parse('2026-09-01T11:00:00Z');
    const denied = { email: 'b@example.com', allowed: false, connection: 'saml', at };
    expect((await post('/sign-ins', denied)).status).toBe(201);
    expect((await post('/sign-ins', { email: 'late@example.com', shownAfterMs: 1 })).status).toBe(201);

    const { result } = await read('access/logs/access_requests', sandbox.accountId);
    expect(result).toMatchObject([
      { user_email: 'a@example.com', allowed: true, connection: 'oidc' },
      {
        user_email: 'b@example.com',
        allowed: false,
        connection: 'saml',
        created_at: '2026-09-01T11:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['no email', {}, 'email'],
    ['no JSON', 'email=a@example.com', 'JSON'],
    ['a word for a switch', { email: 'a@example.com', allowed: 'no' }, 'allowed'],
    ['an unknown field', { email: 'a@example.com', when: 1 }, 'when'],
    ['a time out of range', { email: 'a@example.com', at: 1e20 }, 'time'],
    ['an unknown account', { email: 'a@example.com', accountId: 'f'.repeat(32) }, 'Unauthorized'],
  ])('refuses %s', async (_what, body, word) => {
    const reply = await post('/sign-ins', body);
    expect(reply).toMatchObject({ status: 400, body: { error: expect.stringContaining(word) } });
    expect((await read('access/logs/access_requests', sandbox.accountId)).result).toEqual([]);
  });
});

describe('POST /accounts', () => {
  it('adds an account as it is when new', async () => {
    const { status, body } = await post('/accounts', { kind: 'cloudflare-only' });
    expect(status).toBe(201);
    const { result } = await read('access/identity_providers', body.accountId);
    expect(result).toMatchObject([{ type: 'cloudflare' }]);
    const without = await post('/accounts', { kind: 'no-organization' });
    expect(await read('access/apps', without.body.accountId)).toMatchObject({ errors: [{ code: 9999 }] });
  });

  it('adds a usual account, and refuses an unknown kind', async () => {
    const { body } = await post('/accounts', '');
    const { result } = await read('access/identity_providers', body.accountId);
    expect(result).toMatchObject([{ type: 'oidc' }]);
    const reply = await post('/accounts', { kind: 'old' });
    expect(reply).toMatchObject({ status: 400, body: { error: expect.stringContaining('pin-only') } });
  });
});
