import Cloudflare, { ConflictError, NotFoundError } from 'cloudflare';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let nowMs: number;
let lagMs: number;

async function start(options: SandboxOptions): Promise<void> {
  [nowMs, lagMs] = [0, 4000];
  // The timer is out of the way: no look at DNS changes anything.
  sandbox = await startSandbox({ now: () => nowMs, pollIntervalMs: 1_000_000, ...options });
}

afterEach(() => sandbox.close());

function api() {
  const { sso } = new Cloudflare({ apiToken: sandbox.apiToken, baseURL: sandbox.apiUrl, maxRetries: 0 }).iam;
  const account = { account_id: sandbox.accountId };
  return {
    create: (emailDomain = 'example.com') => sso.create({ ...account, email_domain: emailDomain }),
    update: (id: string, enabled: boolean) => sso.update(id, { ...account, enabled }),
    remove: (id: string) => sso.delete(id, account),
    get: (id: string) => sso.get(id, account),
    listed: async () => (await sso.list(account)).result.map(({ id }) => id),
  };
}

describe('reads that lag', () => {
  beforeEach(() => start({ readLagMs: () => lagMs }));

  it('show a new connector so much later, while its own answer shows it at once', async () => {
    const { create, get, listed } = api();
    const { id = '', verification } = await create();
    expect(verification?.status).toBe('pending');
    for (nowMs of [0, 3999]) {
      expect(await listed()).toEqual([]);
      await expect(get(id)).rejects.toBeInstanceOf(NotFoundError);
    }
    nowMs = 4000;
    expect(await listed()).toEqual([id]);
    expect(await get(id)).toMatchObject({ id, verification: { status: 'pending' } });
  });

  it('show each change so much later', async () => {
    const { update, get } = api();
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    nowMs = 10_000;
    expect(await update(id, true)).toMatchObject({ enabled: true });
    nowMs = 12_000;
    expect(await update(id, false)).toMatchObject({ enabled: false });
    const seen: unknown[] = [];
    for (nowMs of [12_000, 13_999, 14_000, 15_999, 16_000]) seen.push((await get(id)).enabled);
    expect(seen).toEqual([false, false, true, true, false]);
  });

  it('show a deleted connector for so long', async () => {
    const { remove, get, listed } = api();
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com' });
    nowMs = 10_000;
    await remove(id);
    await expect(remove(id)).rejects.toBeInstanceOf(NotFoundError);
    expect(await listed()).toEqual([id]);
    nowMs = 14_000;
    expect(await listed()).toEqual([]);
    await expect(get(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('ask for each read how much they lag', async () => {
    const { create, listed } = api();
    const { id } = await create();
    expect(await listed()).toEqual([]);
    lagMs = 0;
    expect(await listed()).toEqual([id]);
    lagMs = 1;
    expect(await listed()).toEqual([]);
  });

  it('do not keep a conflict from being seen', async () => {
    const { create, listed } = api();
    await create();
    await expect(create()).rejects.toBeInstanceOf(ConflictError);
    expect(await listed()).toEqual([]);
  });

  it('lag in each account by its own writes', async () => {
    const other = sandbox.addAccount();
    sandbox.seedConnector({ emailDomain: 'example.com', accountId: other });
    nowMs = 10_000;
    await api().create();
    expect(sandbox.api.store.shown(other)).toHaveLength(1);
    expect(sandbox.api.store.shown(sandbox.accountId)).toEqual([]);
  });
});

it('reads show every change at once unless they are told to lag', async () => {
  await start({});
  const { create, listed, remove } = api();
  const { id = '' } = await create();
  expect(await listed()).toEqual([id]);
  await remove(id);
  expect(await listed()).toEqual([]);
});

it('an account may have two connectors for a domain only if it is told so', async () => {
  await start({});
  await api().create();
  await expect(api().create('EXAMPLE.com')).rejects.toBeInstanceOf(ConflictError);
  await sandbox.close();
  await start({ allowsDuplicates: true });
  const [first, second] = [await api().create(), await api().create('EXAMPLE.com')];
  expect(first.id).not.toBe(second.id);
  expect(await api().listed()).toEqual([first.id, second.id]);
});
