import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { texts, ttls } from '../real/dns-probe.ts';
import { txt, zoneCalls } from '../real/zone-calls.ts';

const STARTED_AT = Date.parse('2026-09-01T12:00:00.000Z');

let sandbox: Sandbox;
let api: ReturnType<typeof zoneCalls>;
let now: number;

beforeEach(async () => {
  now = STARTED_AT;
  sandbox = await startSandbox({ now: () => now });
  api = zoneCalls(sandbox, sandbox.hostZone({ name: 'example.com' }));
});
afterEach(() => sandbox.close());

const inDns = async (name?: string) => texts(await api.ask(name));
const SPF = 'v=spf1 -all';

async function made(content: string, more?: object): Promise<Record<string, unknown> & { id: string }> {
  return (await api.create(txt(content, more))).result;
}

async function idOf(query: string): Promise<string> {
  return (await api.records(query)).result[0].id;
}

describe('one record', () => {
  it('is what the list has, whatever its type', async () => {
    for (const one of (await api.records()).result)
      expect(await api.record(one.id)).toMatchObject({ status: 200, result: one });
  });

  it('that does not exist is nothing to read, replace, change or delete', async () => {
    const none = { status: 404, result: null, errors: [{ code: 81044 }] };
    const unknown = 'f'.repeat(32);
    expect(await api.record(unknown)).toMatchObject(none);
    expect(await api.change('PUT', unknown, txt('a'))).toMatchObject(none);
    expect(await api.change('PATCH', unknown, { ttl: 60 })).toMatchObject(none);
    expect(await api.remove(unknown)).toMatchObject(none);
    expect(await api.record('example.com')).toMatchObject({ status: 404, errors: [{ code: 7003 }] });
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)(
    'is kept from tokens without the permission: %s',
    async (method) => {
      const { id } = await made('code=1');
      const body = JSON.stringify(txt('code=2'));
      const refused = (permission: 'dns:read' | 'zone:read') =>
        api.record(id, { method, body, token: sandbox.addToken({ permissions: [permission] }) });
      expect(await refused('dns:read')).toMatchObject({ status: 403, errors: [{ code: 10000 }] });
      const foreign = sandbox.addToken({ accountIds: [sandbox.addAccount()] });
      const elsewhere = await api.record(id, { method, body, token: foreign });
      expect(elsewhere).toMatchObject({ status: 403, errors: [{ code: 9109 }] });
      expect(await inDns()).toEqual([SPF, 'code=1']);
      const token = sandbox.addToken({ permissions: ['dns:read'] });
      expect((await api.record(id, { token })).status).toBe(200);
    },
  );
});

describe('a record that is replaced', () => {
  it('has only what was sent, and keeps its ID and when it was made', async () => {
    const { id } = await made('"code=1"', { ttl: 120, comment: 'c', tags: ['t'] });
    now += 60_000;
    const { result } = await api.change('PUT', id, txt('code=2', { name: 'www' }));
    expect(result).toMatchObject({
      id,
      name: 'www.example.com',
      content: 'code=2',
      ttl: 1,
      comment: null,
      tags: [],
      created_on: '2026-09-01T12:00:00.000Z',
      modified_on: '2026-09-01T12:01:00.000Z',
    });
    expect((await api.record(id)).result).toEqual(result);
    expect(await inDns()).toEqual([SPF]);
    expect(await inDns('www.example.com')).toEqual(['code=2']);
  });

  it('needs type, name and content again', async () => {
    const { id } = await made('code=1');
    expect((await api.change('PUT', id, { ttl: 60 })).status).toBe(400);
    expect((await api.change('PUT', id, { type: 'TXT', name: 'example.com' })).status).toBe(400);
    expect(await inDns()).toEqual([SPF, 'code=1']);
  });
});

describe('a record that is changed', () => {
  it('keeps what was not sent', async () => {
    const before = await made('"code=1"', { ttl: 120, comment: 'c', tags: ['t'] });
    const { result } = await api.change('PATCH', before.id, { ttl: 300 });
    expect(result).toEqual({ ...before, ttl: 300, modified_on: result.modified_on });
    expect(ttls((await api.ask()).answers)).toEqual([300, 300]);
    const commented = await api.change('PATCH', before.id, { comment: 'other' });
    expect(commented.result).toMatchObject({ comment: 'other', content: '"code=1"', tags: ['t'] });
    expect(await inDns()).toEqual([SPF, 'code=1']);
  });

  it('may become its own text in another form', async () => {
    const { id } = await made('code=1');
    expect((await api.change('PATCH', id, { content: '"code=1"' })).result.content).toBe('"code=1"');
    expect(await api.contents('?type=TXT')).toEqual([`"${SPF}"`, '"code=1"']);
    expect(await inDns()).toEqual([SPF, 'code=1']);
  });

  it('may be one that was put into DNS by hand', async () => {
    const id = await idOf('?type=TXT');
    const { result } = await api.change('PATCH', id, { content: '"v=spf1 ~all"' });
    expect(result).toMatchObject({ id, ttl: 300, content: '"v=spf1 ~all"' });
    expect(await inDns()).toEqual(['v=spf1 ~all']);
  });

  it('is in DNS after the delay that was set; what it was is gone at once', async () => {
    const { id } = await made('code=1');
    sandbox.api.zones.recordDelayMs = 150;
    await api.change('PATCH', id, { content: 'code=2' });
    await api.change('PATCH', id, { content: 'code=3' });
    expect((await api.record(id)).result.content).toBe('code=3');
    expect(await inDns()).toEqual([SPF]);
    await expect.poll(() => inDns(), { interval: 10 }).toEqual([SPF, 'code=3']);
    await api.change('PATCH', id, { content: 'code=4' });
    await api.remove(id);
    expect(await api.contents('?type=TXT')).toEqual([`"${SPF}"`]);
  });
});

describe.each(['PUT', 'PATCH'] as const)('%s is refused', (method) => {
  it.each([
    ['another type', { type: 'A', content: '127.0.0.1' }, 1004],
    ['an empty content', { content: '' }, 1004],
    ['a TTL too short', { ttl: 59 }, 1004],
    ['something unknown', { priority: 1 }, 17000],
    ['the text of another record', { content: SPF }, 81058],
    ['the text of another record, cut elsewhere', { content: '"v=spf1" " -all"' }, 81058],
    ['the name of an alias', { name: 'alias' }, 81054],
  ])('with %s, and leaves the record as it was', async (_what, fields, code) => {
    sandbox.zone.add({ name: 'alias.example.com', type: 'CNAME', data: 'example.com' });
    const before = await made('code=1', { ttl: 300, comment: 'c' });
    const body = method === 'PUT' ? { ...txt('code=1'), ...fields } : fields;
    const reply = await api.change(method, before.id, body);
    expect(reply).toMatchObject({ status: 400, result: null, errors: [{ code }] });
    expect((await api.record(before.id)).result).toEqual(before);
    expect(await inDns()).toEqual([SPF, 'code=1']);
  });

  it('for a record of another type, and without an object', async () => {
    const id = await idOf('?type=A');
    expect(await api.change(method, id, txt('a'))).toMatchObject({
      status: 400,
      errors: [{ code: 17006 }],
    });
    const { id: own } = await made('code=1');
    expect((await api.change(method, own, [])).status).toBe(400);
  });
});

describe('a record that is deleted', () => {
  it('is nowhere, and its ID never comes back', async () => {
    const { id } = await made('code=1');
    expect(await api.remove(id)).toMatchObject({ status: 200, result: { id } });
    expect(await inDns()).toEqual([SPF]);
    expect((await api.record(id)).status).toBe(404);
    const again = await made('code=1');
    expect(again.id).not.toBe(id);
    expect((await api.record(again.id)).result).toEqual(again);
  });

  it('may be of any type, and made by hand', async () => {
    await api.remove(await idOf('?name=ns2.example.com'));
    await api.remove(await idOf('?type=TXT'));
    expect(await api.contents()).toEqual(['127.0.0.1']);
    expect(await inDns()).toEqual([]);
  });

  it('leaves its ID to nobody who has its former text', async () => {
    const { id } = await made('code=1');
    await api.change('PATCH', id, { content: 'code=2' });
    const other = await made('code=1');
    expect(other.id).not.toBe(id);
    expect(await api.contents('?type=TXT')).toEqual([`"${SPF}"`, 'code=2', 'code=1']);
    sandbox.withdrawTxt('example.com', 'code=1');
    sandbox.publishTxt('example.com', 'code=1');
    const ids = (await api.records()).result.map((one: { id: string }) => one.id);
    expect(new Set(ids)).toHaveLength(ids.length);
  });
});
