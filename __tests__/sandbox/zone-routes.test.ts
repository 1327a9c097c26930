import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { texts } from '../real/dns-probe.ts';
import { zoneCalls } from '../real/zone-calls.ts';

const NOW = '2026-09-01T12:00:00.000Z';
const IDENTIFIER = /^[0-9a-f]{32}$/;
const SPF = '"v=spf1 -all"';

let sandbox: Sandbox;
let zoneId: string;
let api: ReturnType<typeof zoneCalls>;

beforeEach(async () => {
  sandbox = await startSandbox({ now: () => Date.parse(NOW) });
  zoneId = sandbox.hostZone({ name: 'example.com' });
  api = zoneCalls(sandbox, zoneId);
});
afterEach(() => sandbox.close());

describe('the list of zones', () => {
  it('has example.com from the start, with name servers and account', async () => {
    expect(await api.zones()).toMatchObject({
      status: 200,
      result: [
        {
          id: expect.stringMatching(IDENTIFIER),
          name: 'example.com',
          status: 'active',
          account: { id: sandbox.accountId },
          name_servers: ['ns1.example.com', 'ns2.example.com'],
          activated_on: NOW,
        },
      ],
      result_info: { count: 1, page: 1, per_page: 20, total_count: 1 },
    });
  });

  it('is filtered by exact name, account and status', async () => {
    const accountId = sandbox.addAccount();
    sandbox.hostZone({ name: 'Corp.Example', status: 'pending' });
    sandbox.hostZone({ name: 'sub.example.com', accountId, status: 'moved' });
    sandbox.hostZone({ name: 'example.com', accountId, status: 'initializing' });
    expect(await api.names()).toEqual(['example.com', 'corp.example', 'sub.example.com', 'example.com']);
    expect(await api.names('?name=EXAMPLE.com')).toEqual(['example.com', 'example.com']);
    expect(await api.names('?name=com')).toEqual([]);
    expect(await api.names(`?account.id=${accountId}`)).toEqual(['sub.example.com', 'example.com']);
    expect(await api.names('?status=pending')).toEqual(['corp.example']);
    expect(await api.names(`?name=example.com&account.id=${accountId}&status=active`)).toEqual([]);
    expect(await api.zones('?status=gone')).toMatchObject({ status: 400, result: null });
  });

  it('comes in pages of 20, and of 50 at most', async () => {
    for (let number = 1; number <= 44; number += 1) sandbox.hostZone({ name: `z${number}.example` });
    expect((await api.zones()).result_info).toEqual({ count: 20, page: 1, per_page: 20, total_count: 45 });
    expect(await api.names('?page=3')).toEqual([40, 41, 42, 43, 44].map((number) => `z${number}.example`));
    expect(await api.names('?page=2&per_page=2')).toEqual(['z2.example', 'z3.example']);
    expect(await api.names('?page=4')).toEqual([]);
    expect((await api.zones('?per_page=50')).result).toHaveLength(45);
    expect((await api.zones('?per_page=51')).status).toBe(400);
  });

  it('is empty for a token that may read no zone', async () => {
    const token = sandbox.addToken({ permissions: ['sso:write', 'dns:write'] });
    expect(await api.zones('', { token })).toMatchObject({
      status: 200,
      result: [],
      result_info: { total_count: 0 },
    });
    expect(await api.names('', sandbox.addToken({ permissions: ['zone:read'] }))).toEqual(['example.com']);
    expect((await api.zones('', { token: 'x'.repeat(40) })).status).toBe(401);
  });

  it('leaves out the zones of accounts that the token is not for', async () => {
    const accountId = sandbox.addAccount();
    sandbox.hostZone({ name: 'elsewhere.example', accountId });
    expect(await api.names('', sandbox.addToken({ accountIds: [accountId] }))).toEqual(['elsewhere.example']);
    expect(await api.names('', sandbox.addToken({ accountIds: [sandbox.accountId] }))).toEqual([
      'example.com',
    ]);
  });

  it('shows what a zone has become, and no zone that was taken out', async () => {
    expect(sandbox.hostZone({ name: 'example.com', status: 'pending' })).toBe(zoneId);
    expect((await api.zones()).result).toMatchObject([{ id: zoneId, status: 'pending', activated_on: null }]);
    expect(sandbox.api.zones.remove(zoneId)).toBe(true);
    expect(await api.names()).toEqual([]);
    expect((await api.records()).status).toBe(404);
    expect(texts(await api.ask())).toEqual(['v=spf1 -all']);
  });

  it('has other name servers for a zone that nobody serves', async () => {
    sandbox.hostZone({ name: 'corp.example', status: 'pending' });
    const [zone] = (await api.zones('?name=corp.example')).result;
    expect(zone.name_servers).toEqual(['ada.ns.cloudflare.example', 'bob.ns.cloudflare.example']);
  });
});

describe('the list of records', () => {
  it('has what the zone has, but for the name servers at its apex', async () => {
    const { status, result, result_info: info } = await api.records();
    expect(status).toBe(200);
    expect(info).toEqual({ count: 3, page: 1, per_page: 100, total_count: 3 });
    const byName = result.map(({ type, name, content }: Record<string, string>) => [type, name, content]);
    expect(byName).toEqual([
      ['A', 'ns1.example.com', '127.0.0.1'],
      ['A', 'ns2.example.com', '127.0.0.1'],
      ['TXT', 'example.com', SPF],
    ]);
    expect(result[2]).toEqual({
      id: expect.stringMatching(IDENTIFIER),
      name: 'example.com',
      type: 'TXT',
      content: SPF,
      proxiable: false,
      proxied: false,
      ttl: 300,
      settings: {},
      meta: {},
      comment: null,
      tags: [],
      created_on: NOW,
      modified_on: NOW,
    });
  });

  it('shows each character-string in quotes, and escapes what needs it', async () => {
    sandbox.publishTxt('www.example.com', ['a', 'b']);
    sandbox.publishTxt('www.example.com', 'say "hi" \\ ü\n');
    sandbox.publishTxt('www.example.com', `${'x'.repeat(255)}y`);
    expect(await api.contents('?name=www.example.com')).toEqual([
      '"a" "b"',
      String.raw`"say \"hi\" \\ \195\188\010"`,
      `"${'x'.repeat(255)}" "y"`,
    ]);
  });

  it('follows what is published and withdrawn', async () => {
    sandbox.publishTxt('example.com', 'by hand');
    expect(await api.contents('?type=TXT')).toEqual([SPF, '"by hand"']);
    sandbox.withdrawTxt('example.com', 'by hand');
    expect(await api.contents('?type=TXT')).toEqual([SPF]);
  });

  it('is the one of a zone that was added, and of a zone that was named', async () => {
    const added = sandbox.hostZone({ name: 'corp.example' });
    expect(await api.contents('', added)).toEqual([]);
    sandbox.addZone({ origin: 'corp.example' }).addTxt('@', 'served');
    expect(await api.contents('', added)).toEqual(['"served"']);
    sandbox.hostZone({ name: 'corp.example', zone: sandbox.zone });
    expect(await api.contents('?type=TXT', added)).toEqual([SPF]);
  });

  it.each([
    ['?type=TXT', 3],
    ['?type=CNAME', 0],
    ['?name=WWW.example.com', 2],
    ['?name.exact=www.example.com', 2],
    ['?name=ww.example.com', 0],
    ['?name=www.example.com&type=A', 0],
    ['?name.contains=ww.', 2],
    ['?content=code%3D1', 1],
    ['?content=%22code%3D1%22', 1],
    ['?content.exact=CODE%3D1', 1],
    ['?content.exact=code', 0],
    ['?content.startswith=code%3D', 2],
    ['?content.startswith=%22code%3D', 1],
    ['?content.startswith=ode', 0],
    ['?content.endswith=2', 1],
    ['?content=127.0.0.1', 2],
    ['?type=TXT&per_page=2', 2],
    ['?type=TXT&per_page=2&page=2', 1],
    ['?type=TXT&per_page=2&page=3', 0],
  ])('filtered by %s has %i', async (query, count) => {
    sandbox.publishTxt('www.example.com', 'code=1');
    sandbox.publishTxt('www.example.com', ['code', '=2']);
    expect(await api.contents(query)).toHaveLength(count);
  });

  it('comes in pages of 100', async () => {
    for (let number = 1; number <= 130; number += 1) sandbox.publishTxt('many.example.com', `n${number}`);
    expect(await api.contents('?name=many.example.com')).toHaveLength(100);
    expect(await api.contents('?name=many.example.com&page=2')).toHaveLength(30);
    expect(await api.contents('?name=many.example.com&per_page=1000')).toHaveLength(130);
  });
});
