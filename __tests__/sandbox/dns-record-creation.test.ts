import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox, type ZoneStatus } from '../../sandbox/index.ts';
import { texts, ttls } from '../real/dns-probe.ts';
import { send } from '../real/http-probe.ts';
import { txt, zoneCalls } from '../real/zone-calls.ts';

const SPF = '"v=spf1 -all"';

let sandbox: Sandbox;
let zoneId: string;
let api: ReturnType<typeof zoneCalls>;

beforeEach(async () => {
  sandbox = await startSandbox();
  zoneId = sandbox.hostZone({ name: 'example.com' });
  api = zoneCalls(sandbox, zoneId);
});
afterEach(() => sandbox.close());

const inDns = async (name?: string) => texts(await api.ask(name));

describe('a record that is made', () => {
  it('is in DNS and in the list', async () => {
    const made = await api.create(txt('"code=1"', { ttl: 120, comment: 'for the dashboard' }));
    expect(made).toMatchObject({
      status: 200,
      result: {
        name: 'example.com',
        content: '"code=1"',
        ttl: 120,
        comment: 'for the dashboard',
        proxied: false,
      },
    });
    expect((await api.records('?content=code%3D1')).result).toEqual([made.result]);
    const packet = await api.ask();
    expect(texts(packet)).toEqual(['v=spf1 -all', 'code=1']);
    expect(ttls(packet.answers)).toEqual([120, 120]);
  });

  it('keeps its ID, which no other has', async () => {
    const one = (await api.create(txt('one'))).result.id;
    const www = (await api.create(txt('one', { name: 'www.example.com' }))).result.id;
    sandbox.withdrawTxt('example.com', 'one');
    expect((await api.create(txt('"o" "ne"'))).result.id).toBe(one);
    expect(new Set([one, www, (await api.create(txt('two'))).result.id])).toHaveLength(3);
  });

  it.each([
    ['bare text', 'code=1', ['code=1'], 'code=1'],
    ['bare text with quotes inside', 'a "b"', ['a "b"'], 'a "b"'],
    ['quoted text', '"code=1"', ['code=1'], '"code=1"'],
    ['several strings', '"a" "b"', ['ab'], '"a" "b"'],
    ['escapes', String.raw`"\"\\\097\195\188"`, ['"\\aü'], String.raw`"\"\\\097\195\188"`],
    ['a long string', `"${'x'.repeat(256)}"`, ['x'.repeat(256)], `"${'x'.repeat(255)}" "x"`],
    ['long text', 'ü'.repeat(128), ['ü'.repeat(128)], `"${'\\195\\188'.repeat(127)}" "\\195\\188"`],
  ])(
    'may be given as %s, and is given back so unless it is split',
    async (_what, content, inAnswer, shown) => {
      const { result } = await api.create(txt(content, { name: 'www.example.com' }));
      expect(result.content).toBe(shown);
      expect((await api.record(result.id)).result.content).toBe(shown);
      expect(await inDns('www.example.com')).toEqual(inAnswer);
    },
  );

  it.each([
    ['@', 'example.com'],
    ['www', 'www.example.com'],
    ['a.b', 'a.b.example.com'],
    ['www.example.com', 'www.example.com'],
    ['WWW.Example.COM.', 'www.example.com'],
    ['badexample.com', 'badexample.com.example.com'],
  ])('is below the zone when its name is %s', async (name, absolute) => {
    expect((await api.create(txt('code', { name }))).result.name).toBe(absolute);
    expect(await inDns(absolute)).toContain('code');
  });

  it('keeps its tags and its comment', async () => {
    const { result } = await api.create(txt('a', { tags: ['owner:dns', 'sso'], comment: 'c' }));
    expect(result).toMatchObject({ tags: ['owner:dns', 'sso'], comment: 'c' });
    expect((await api.record(result.id)).result).toEqual(result);
    expect((await api.create(txt('b', { tags: [], comment: null }))).result).toMatchObject({
      tags: [],
      comment: null,
    });
  });

  it('has an automatic TTL unless told otherwise', async () => {
    expect((await api.create(txt('a'))).result.ttl).toBe(1);
    expect((await api.create(txt('b', { ttl: 1, name: '@' }))).result).toMatchObject({
      ttl: 1,
      name: 'example.com',
    });
    expect(ttls((await api.ask()).answers)).toEqual([300, 300, 300]);
  });

  it('is in DNS only after the delay that was set', async () => {
    sandbox.api.zones.recordDelayMs = 150;
    expect((await api.create(txt('late'))).status).toBe(200);
    expect(await api.contents('?type=TXT')).toEqual([SPF, 'late']);
    expect(await inDns()).toEqual(['v=spf1 -all']);
    expect((await api.create(txt('late'))).errors).toMatchObject([{ code: 81058 }]);
    await expect.poll(() => inDns(), { interval: 10 }).toEqual(['v=spf1 -all', 'late']);
    expect(await api.contents('?type=TXT')).toEqual([SPF, 'late']);
  });

  it('is delayed from the start when the sandbox is told so', async () => {
    await using slow = await startSandbox({ recordDelayMs: 1_000_000 });
    expect(slow.api.zones.recordDelayMs).toBe(1_000_000);
  });

  it.each<ZoneStatus>(['pending', 'moved'])('is not in DNS when the zone is %s', async (status) => {
    sandbox.hostZone({ name: 'example.com', status });
    expect((await api.create(txt('unseen'))).status).toBe(200);
    expect(await api.contents()).toEqual(['unseen']);
    expect(await inDns()).toEqual(['v=spf1 -all']);
  });
});

describe('a record is refused', () => {
  it.each([
    ['another type', { type: 'A', name: 'example.com', content: '127.0.0.1' }, 1004, 17006],
    ['no name', { type: 'TXT', content: 'a' }, 1004, 17005],
    ['a name that is none', txt('a', { name: 'a b' }), 1004, 17005],
    ['a name too long with its zone', txt('a', { name: 'a.'.repeat(122).slice(0, -1) }), 1004, 17005],
    ['a label too long for DNS', txt('a', { name: `${'x'.repeat(64)}.example.com` }), 1004, 17005],
    ['no content', { type: 'TXT', name: 'example.com' }, 1004, 17007],
    ['empty content', txt(''), 1004, 17007],
    ['a quote without its pair', txt('"a" "b'), 1004, 17007],
    ['a number that is no byte', txt('"\\256"'), 1004, 17007],
    ['bytes that are no text', txt('"\\255"'), 1004, 17007],
    ['a TTL too short', txt('a', { ttl: 59 }), 1004, 9021],
    ['a TTL too long', txt('a', { ttl: 86_401 }), 1004, 9021],
    ['a TTL that is no whole number', txt('a', { ttl: 60.5 }), 1004, 9021],
    ['a TTL as text', txt('a', { ttl: '60' }), 17000, undefined],
    ['a long comment', txt('a', { comment: 'c'.repeat(101) }), 1004, 17008],
    ['tags that are no list', txt('a', { tags: 'sso' }), 17000, undefined],
    ['tags that are no texts', txt('a', { tags: [1] }), 17000, undefined],
    ['something unknown', txt('a', { priority: 1 }), 17000, undefined],
  ])('with %s', async (_what, fields, code, reason) => {
    const reply = await api.create(fields);
    expect(reply).toMatchObject({ status: 400, result: null, errors: [{ code }] });
    expect(reply.errors[0]?.error_chain?.[0]?.code).toBe(reason);
    expect(await api.contents('?type=TXT')).toEqual([SPF]);
  });

  it('when the name has the same text, wherever it is cut', async () => {
    const same = { status: 400, errors: [{ code: 81058, message: 'An identical record already exists.' }] };
    expect(await api.create(txt('"v=spf1" " -all"'))).toMatchObject(same);
    expect(await api.create(txt('v=spf1 -all', { name: 'EXAMPLE.com.' }))).toMatchObject(same);
    expect((await api.create(txt('v=spf1 -all', { name: 'www.example.com' }))).status).toBe(200);
    expect((await api.create(txt('a', { comment: 'c'.repeat(100), ttl: 86_400 }))).status).toBe(200);
  });

  it('when the name is an alias', async () => {
    sandbox.zone.add({ name: 'www.example.com', type: 'CNAME', data: 'example.com' });
    const reply = await api.create(txt('a', { name: 'www.example.com' }));
    expect(reply).toMatchObject({ status: 400, errors: [{ code: 81054 }] });
  });
});

describe('records are kept from', () => {
  it('tokens without the permission', async () => {
    const refused = { status: 403, errors: [{ code: 10000 }] };
    const none = { token: sandbox.addToken({ permissions: ['zone:read', 'sso:write'] }) };
    expect(await api.records('', zoneId, none)).toMatchObject(refused);
    const reader = { token: sandbox.addToken({ permissions: ['dns:read'] }) };
    expect((await api.records('', zoneId, reader)).status).toBe(200);
    expect(await api.create(txt('a'), zoneId, reader)).toMatchObject(refused);
    const writer = { token: sandbox.addToken({ permissions: ['dns:write'] }) };
    expect((await api.create(txt('a'), zoneId, writer)).status).toBe(200);
    expect((await api.records('', zoneId, writer)).status).toBe(200);
  });

  it('tokens for other accounts', async () => {
    const foreign = { token: sandbox.addToken({ accountIds: [sandbox.addAccount()] }) };
    expect(await api.records('', zoneId, foreign)).toMatchObject({ status: 403, errors: [{ code: 9109 }] });
    expect((await api.create(txt('a'), zoneId, foreign)).status).toBe(403);
    expect(await inDns()).toEqual(['v=spf1 -all']);
  });

  it('those who name no zone', async () => {
    expect(await api.records('', '0'.repeat(32))).toMatchObject({ status: 404, errors: [{ code: 1001 }] });
    expect(await api.create(txt('a'), '0'.repeat(32))).toMatchObject({
      status: 404,
      errors: [{ code: 1001 }],
    });
    expect(await api.records('', 'example.com')).toMatchObject({ status: 404, errors: [{ code: 7003 }] });
    expect((await api.records('', zoneId, { method: 'PUT' })).status).toBe(405);
  });
});

it('the log and the faults are those of all routes', async () => {
  const path = /dns_records$/;
  sandbox.api.faults.add({ path, method: 'POST', times: 1, fault: { kind: 'status', status: 500 } });
  sandbox.api.faults.add({ path, method: 'POST', times: 1, carryOut: true, fault: { kind: 'reset' } });
  expect((await api.create(txt('a'))).status).toBe(500);
  expect(await inDns()).toEqual(['v=spf1 -all']);
  const url = `${sandbox.apiUrl}/zones/${zoneId}/dns_records`;
  const body = JSON.stringify(txt('a'));
  expect((await send(url, { method: 'POST', token: sandbox.apiToken, body })).end).toBe('ECONNRESET');
  expect(await inDns()).toEqual(['v=spf1 -all', 'a']);
  expect((await api.create(txt('a'))).errors).toMatchObject([{ code: 81058 }]);
  await api.records('?type=TXT');
  expect(sandbox.api.requests).toMatchObject([
    { method: 'POST', status: 500, body },
    { method: 'POST', status: undefined, body },
    { method: 'POST', status: 400, body },
    { method: 'GET', path: `/zones/${zoneId}/dns_records`, query: { type: 'TXT' }, status: 200 },
  ]);
});
