import Cloudflare, { BadRequestError, NotFoundError, PermissionDeniedError } from 'cloudflare';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { askUdp, texts } from '../real/dns-probe.ts';

let sandbox: Sandbox;

function clientWith(apiToken: string): Cloudflare {
  return new Cloudflare({ apiToken, baseURL: sandbox.apiUrl, maxRetries: 0 });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function zoneNames(client: Cloudflare, query: Cloudflare.Zones.ZoneListParams = {}): Promise<string[]> {
  return (await all(client.zones.list(query))).map(({ name }) => name);
}

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe('zones, as the SDK of Cloudflare sees them', () => {
  it('come one after the other over all pages', async () => {
    const added = Array.from({ length: 44 }, (_, index) => `z${index}.example`);
    for (const name of added) sandbox.hostZone({ name });
    expect(await zoneNames(clientWith(sandbox.apiToken))).toEqual(['example.com', ...added]);
    // Three pages, and the empty one by which the SDK knows that there are no more.
    expect(sandbox.api.requests.map(({ query }) => query['page'])).toEqual([undefined, '2', '3', '4']);
  });

  it('are found by name, account and status', async () => {
    const id = sandbox.addAccount();
    const client = clientWith(sandbox.apiToken);
    const zoneId = sandbox.hostZone({ name: 'corp.example', accountId: id, status: 'pending' });
    const query = { name: 'corp.example', account: { id }, status: 'pending' } as const;
    const [zone, ...others] = await all(client.zones.list(query));
    expect(zone).toMatchObject({ id: zoneId, account: { id }, type: 'full', paused: false });
    expect(others).toEqual([]);
    expect(await zoneNames(client, { ...query, status: 'active' })).toEqual([]);
  });

  it('are none for a token that may not read them', async () => {
    expect(await zoneNames(clientWith(sandbox.addToken({ permissions: ['sso:write'] })))).toEqual([]);
  });
});

describe('DNS records, as the SDK of Cloudflare sees them', () => {
  it('are listed, made, and then in DNS', async () => {
    const { zones, dns } = clientWith(sandbox.apiToken);
    const [zone] = await all(zones.list({ name: 'example.com' }));
    const filter = { zone_id: zone?.id ?? '', type: 'TXT', name: { exact: 'example.com' } } as const;
    const list = () => all(dns.records.list(filter));
    expect(await list()).toMatchObject([{ type: 'TXT', content: '"v=spf1 -all"', ttl: 300, proxied: false }]);

    const record = { type: 'TXT', name: 'example.com', content: '"code=1"', ttl: 1 } as const;
    const made = await dns.records.create({ ...record, zone_id: filter.zone_id, comment: 'by a test' });
    expect(made).toMatchObject({ ...record, comment: 'by a test', proxied: false });
    expect((await list())[1]).toEqual(made);
    const { port } = sandbox.authoritative;
    expect(texts(await askUdp(port, { name: 'example.com' }))).toEqual(['v=spf1 -all', 'code=1']);

    const starting = { ...filter, content: { startswith: '"code=' } };
    expect(await all(dns.records.list(starting))).toEqual([made]);
  });

  it('are read, replaced, changed and deleted one by one', async () => {
    const zone_id = sandbox.hostZone({ name: 'example.com' });
    const { records } = clientWith(sandbox.apiToken).dns;
    const { port } = sandbox.authoritative;
    const inDns = async () => texts(await askUdp(port, { name: 'sso.example.com' }));
    const record = { type: 'TXT', name: 'sso', content: 'code=1', ttl: 1 } as const;
    const made = await records.create({ ...record, zone_id, comment: 'by a test' });
    expect(made).toMatchObject({ ...record, name: 'sso.example.com' });
    expect(await records.get(made.id, { zone_id })).toEqual(made);

    const other = { ...record, content: '"code=2"', ttl: 120, tags: ['sso'] };
    const replaced = await records.update(made.id, { ...other, zone_id });
    expect(replaced).toMatchObject({ ...other, id: made.id, name: 'sso.example.com', comment: null });
    expect(await inDns()).toEqual(['code=2']);

    const edit = { type: 'TXT', name: 'sso', ttl: 1, content: '"code=3"', zone_id } as const;
    const edited = await records.edit(made.id, edit);
    expect(edited).toMatchObject({ id: made.id, content: '"code=3"', ttl: 1, tags: ['sso'] });
    expect(await records.get(made.id, { zone_id })).toEqual(edited);
    expect(await inDns()).toEqual(['code=3']);

    expect(await records.delete(made.id, { zone_id })).toEqual({ id: made.id });
    expect(await inDns()).toEqual([]);
    await expect(records.get(made.id, { zone_id })).rejects.toBeInstanceOf(NotFoundError);
    await expect(records.delete(made.id, { zone_id })).rejects.toMatchObject({ errors: [{ code: 81044 }] });
  });

  it('fail as the classes of its errors', async () => {
    const zone_id = sandbox.hostZone({ name: 'example.com' });
    const record = { zone_id, type: 'TXT', name: 'example.com', content: 'v=spf1 -all', ttl: 1 } as const;
    const again = clientWith(sandbox.apiToken).dns.records.create(record);
    await expect(again).rejects.toBeInstanceOf(BadRequestError);
    await expect(again).rejects.toMatchObject({ errors: [{ code: 81058 }] });
    const elsewhere = clientWith(sandbox.apiToken).dns.records.create({ ...record, zone_id: '0'.repeat(32) });
    await expect(elsewhere).rejects.toBeInstanceOf(NotFoundError);
    const reader = clientWith(sandbox.addToken({ permissions: ['zone:read', 'dns:read'] }));
    await expect(reader.dns.records.create(record)).rejects.toBeInstanceOf(PermissionDeniedError);
  });
});
