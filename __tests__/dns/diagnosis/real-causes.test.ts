import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { sentenceWith } from '../../checks/facts.ts';
import { CODE, DOMAIN, look } from '../../fakes/diagnosis-look.ts';
import {
  missingPackages,
  signZone,
  startBareNsd,
  startNamed,
  startTellingUnbound,
} from '../../real/dns-daemons.ts';
import { mustHaveRealDns, startNsd } from '../../real/dns-worlds.ts';

const SERVERS = ['@ NS ns1', 'ns1 A 192.0.2.11'];
const SPF = '@ TXT "v=spf1 -all"';
const RECORD = `@ TXT "${CODE}"`;

const missing = missingPackages();
if (missing.length > 0 && !mustHaveRealDns())
  console.warn(`Causes with real DNS servers are skipped: ${missing.join(' and ')} not installed.`);

it.runIf(missing.length > 0 && mustHaveRealDns())(
  'the DNS servers are installed, as REQUIRE_REAL_DNS says',
  () => {
    expect(missing).toEqual([]);
  },
);

const running: AsyncDisposable[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

async function keep<Server extends AsyncDisposable>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  running.push(server);
  return server;
}

/** NSD with the domain. */
const nsd = (...records: readonly string[]) =>
  keep(startNsd({ zones: [{ origin: DOMAIN, records: [...SERVERS, ...records] }] }));

type Upstream = { readonly address: string };

const unbound = (upstream: Upstream, options: Parameters<typeof startTellingUnbound>[0] = {}) =>
  keep(startTellingUnbound({ stubZones: { [DOMAIN]: upstream.address }, ...options }));

const named = (options: Parameters<typeof startNamed>[0]) => keep(startNamed(options));

function zoneFile(...records: readonly string[]): string {
  const soa = '@ 3600 SOA ns1 hostmaster 7 3600 600 86400 60';
  return [`$ORIGIN ${DOMAIN}.`, '$TTL 300', soa, ...SERVERS, ...records, ''].join('\n');
}

const forwardTo = ({ address }: Upstream): string =>
  `type forward; forward only; forwarders { ${address.replace(':', ' port ')}; };`;

const RECURSIVE = ['recursion yes', 'dnssec-validation no'];
const PRIMARY = `type primary; file "zone";`;

describe.skipIf(missing.length > 0)('with NSD, Unbound and BIND', () => {
  it('not-published: NSD does not have the record', async () => {
    const server = await nsd(SPF);
    const resolver = await unbound(server);
    const { report, causes } = await look({
      resolvers: [resolver.address],
      authoritative: [server.address],
    });
    expect(causes).toEqual(['not-published']);
    expect(report.diagnosis[0]?.evidence).toEqual(
      sentenceWith('not published', `${server.address} does not`, 'serial 1'),
    );
    const alone = await look({ resolvers: [resolver.address], authoritative: 'off' });
    expect(alone.causes).toEqual(['not-published']);
    expect(alone.report.diagnosis[0]?.evidence).toEqual(
      sentenceWith('resolvers alone', `${resolver.address} does not`, 'not asked'),
    );
  });

  it('secondary-lags: one NSD has loaded the zone, the other one not', async () => {
    const [first, second] = [await nsd(SPF), await nsd(SPF)];
    const resolver = await unbound(first);
    await first.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const authoritative = [first.address, second.address];
    const { report, causes } = await look({ resolvers: [resolver.address], authoritative });
    expect(causes).toEqual(['secondary-lags']);
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith(second.address, 'serial 1', '2'));
  });

  it.each([
    ['another-code', `@ TXT "cloudflare_dashboard_sso=${'9'.repeat(32)}"`],
    ['quoting-or-splitting', `@ TXT "\\"${CODE}\\""`],
    ['quoting-or-splitting', `@ TXT ${CODE.replace('=', '=\n@ TXT ')}`],
    ['wrong-name', `${DOMAIN} TXT "${CODE}"`],
    ['wrong-name', `www TXT "${CODE}"`],
  ])('%s: what NSD and BIND make of %s in a zone file', async (cause, line) => {
    const servers = [
      await nsd(SPF, line),
      await named({ zones: { [DOMAIN]: PRIMARY }, files: { zone: zoneFile(line) } }),
    ];
    for (const server of servers) {
      const resolver = await unbound(server);
      const { causes } = await look({ resolvers: [resolver.address], authoritative: [server.address] });
      expect(causes).toEqual([cause, 'not-published']);
    }
  });

  it('wrong-type: NSD has a CNAME at the name', async () => {
    const server = await nsd('mail CNAME www', 'www TXT "v=spf1 -all"');
    const resolver = await unbound(server);
    const name = `mail.${DOMAIN}`;
    const { causes } = await look({ name, resolvers: [resolver.address], authoritative: [server.address] });
    expect(causes[0]).toBe('wrong-type');
  });

  it.each([
    ['absence-cached', []],
    ['old-rrset-cached', [SPF]],
  ])('%s: Unbound and BIND were asked too early', async (cause, records) => {
    const server = await nsd(...records);
    for (const resolver of [
      await unbound(server),
      await named({ options: RECURSIVE, zones: { [DOMAIN]: forwardTo(server) } }),
    ]) {
      await server.setRecords(DOMAIN, [...SERVERS, ...records]);
      await look({ resolvers: [resolver.address], authoritative: 'off' });
      await server.setRecords(DOMAIN, [...SERVERS, ...records, RECORD]);
      const { report, causes } = await look({
        resolvers: [resolver.address],
        authoritative: [server.address],
      });
      expect(causes).toEqual([cause]);
      expect(Date.parse(report.diagnosis[0]?.resolves_at ?? '')).toBeGreaterThan(Date.now());
    }
  });

  it('anycast-split: of two Unbounds behind one address, one was asked too early', async () => {
    const server = await nsd(SPF);
    const [early, late] = [await unbound(server), await unbound(server)];
    await look({ resolvers: [early.address], authoritative: 'off' });
    await server.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const { causes } = await look({
      resolvers: ['192.0.2.53'],
      authoritative: [server.address],
      routes: { '192.0.2.53': [early.address, late.address] },
    });
    expect(causes).toEqual(['anycast-split', 'old-rrset-cached']);
  });

  it('delegation-mismatch: BIND has another delegation for the zone than NSD has NS records', async () => {
    const server = await nsd('@ NS ns2', 'ns2 A 192.0.2.12', SPF);
    const tld = [
      '$ORIGIN test.',
      '@ 300 SOA a.nic hostmaster 1 3600 600 86400 60',
      '@ 300 NS a.nic',
      'a.nic 300 A 192.0.2.1',
      'company 300 NS ns1.company',
      'ns1.company 300 A 192.0.2.11',
      '',
    ].join('\n');
    const registry = await named({ zones: { test: PRIMARY }, files: { zone: tld } });
    const stubZones = { test: registry.address, [DOMAIN]: server.address };
    const resolver = await unbound(server, { stubZones });
    const routes = {
      '192.0.2.1': registry.address,
      '192.0.2.11': server.address,
      '192.0.2.12': server.address,
      '192.0.2.53': resolver.address,
    };
    const found = await look({ resolvers: ['192.0.2.53'], routes });
    expect(found.causes).toEqual(['not-published', 'delegation-mismatch']);
    expect(found.report.diagnosis[1]?.evidence).toEqual(
      sentenceWith(DOMAIN, 'only the zone itself', `ns2.${DOMAIN}`),
    );
    const nobody = await look({ name: 'nobody.test', resolvers: ['192.0.2.53'], routes });
    expect(nobody.causes).toEqual(['not-registered']);
  });

  it('delegation-mismatch: the parent sends resolvers to an NSD without the record, and another one has it', async () => {
    const both = ['@ NS ns2', 'ns2 A 192.0.2.12', SPF];
    const [former, server] = [await nsd(...both), await nsd(...both, RECORD)];
    const tld = [
      '$ORIGIN test.',
      '@ 300 SOA a.nic hostmaster 1 3600 600 86400 60',
      '@ 300 NS a.nic',
      'a.nic 300 A 192.0.2.1',
      'company 300 NS ns1.company',
      'ns1.company 300 A 192.0.2.11',
      '',
    ].join('\n');
    const registry = await named({ zones: { test: PRIMARY }, files: { zone: tld } });
    const stubZones = { test: registry.address, [DOMAIN]: former.address };
    const resolver = await unbound(former, { stubZones });
    const routes = {
      '192.0.2.1': registry.address,
      '192.0.2.11': former.address,
      '192.0.2.12': server.address,
      '192.0.2.53': resolver.address,
    };
    const { causes, report } = await look({ resolvers: ['192.0.2.53'], routes });
    expect(causes.slice(0, 2)).toEqual(['delegation-mismatch', 'secondary-lags']);
    expect(report.diagnosis[0]?.servers).toEqual([`ns1.${DOMAIN} (192.0.2.11)`]);
  });

  it('lame-server: NSD and BIND refuse a zone that they do not have; NSD fails without its copy', async () => {
    const good = await nsd(SPF, RECORD);
    const resolver = await unbound(good, { server: [`local-zone: "${DOMAIN}." refuse`] });
    const without = {
      REFUSED: [await keep(startBareNsd('elsewhere.test', '')), await named({})],
      SERVFAIL: [await keep(startBareNsd(DOMAIN))],
    };
    for (const [rcode, servers] of Object.entries(without)) {
      const authoritative = servers.map(({ address }) => address);
      const { report, causes } = await look({ resolvers: [resolver.address], authoritative });
      expect(causes).toEqual(['lame-server']);
      expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith('not serve the zone', rcode));
      expect(report.diagnosis[0]?.servers).toEqual(authoritative);
    }
  });

  it('sub-delegation: NSD refers to another NSD, where the record is found', async () => {
    const name = `mail.${DOMAIN}`;
    const parent = await nsd('mail NS ns.mail', 'ns.mail A 192.0.2.21');
    const child = await keep(
      startNsd({ zones: [{ origin: name, records: ['@ NS ns', 'ns A 192.0.2.21', RECORD] }] }),
    );
    const resolver = await unbound(parent, {
      stubZones: { [DOMAIN]: parent.address, [name]: child.address },
    });
    const options = { name, resolvers: [resolver.address], authoritative: [parent.address] };
    const found = await look({ ...options, routes: { '192.0.2.21': child.address } });
    expect(found.report).toMatchObject({ visible: true, authoritative: true, diagnosis: [] });
    // Nobody knows where this name server is.
    const blind = await nsd('mail NS ns.gone.test.');
    const deaf = await unbound(blind, { server: [`local-zone: "${DOMAIN}." refuse`] });
    const lost = await look({ ...options, resolvers: [deaf.address], authoritative: [blind.address] });
    expect(lost.causes[0]).toBe('sub-delegation');
  });

  it('dnssec-bogus: a validating Unbound meets expired signatures', async () => {
    const period = { inception: '20200101', expiration: '20200201' };
    const signed = await signZone(DOMAIN, zoneFile(SPF, RECORD), period);
    const server = await named({ zones: { [DOMAIN]: PRIMARY }, files: { zone: signed.zoneFile } });
    const resolver = await unbound(server, {
      modules: 'validator iterator',
      server: ['trust-anchor-file: "FOLDER/anchor"'],
      files: { anchor: signed.trustAnchor },
    });
    const { report, causes } = await look({
      resolvers: [resolver.address],
      authoritative: [server.address],
    });
    expect(causes[0]).toBe('dnssec-bogus');
    expect(report.diagnosis[0]?.evidence).toMatch(/DNSSEC validation.* 127\.0\.0\.1:\d+/);
  });

  it('dnssec-bogus: a validating BIND, which gives no reason, answers the same question with CD=1', async () => {
    const period = { inception: '20200101', expiration: '20200201' };
    const signed = await signZone(DOMAIN, zoneFile(SPF, RECORD), period);
    const server = await named({ zones: { [DOMAIN]: PRIMARY }, files: { zone: signed.zoneFile } });
    const [flags = '', protocol, algorithm, ...key] =
      signed.trustAnchor.split('DNSKEY')[1]?.trim().split(' ') ?? [];
    const dnskey = key.join('').replace(/;.*/s, '');
    const resolver = await named({
      options: ['recursion yes', 'dnssec-validation yes'],
      zones: { [DOMAIN]: forwardTo(server) },
      clauses: [`trust-anchors { ${DOMAIN}. static-key ${flags} ${protocol} ${algorithm} "${dnskey}"; };`],
    });
    const { causes } = await look({ resolvers: [resolver.address], authoritative: [server.address] });
    expect(causes).toEqual(['dnssec-bogus']);
  });

  it('is visible through a validating Unbound as long as the signatures hold', async () => {
    const period = { inception: '20200101', expiration: '20370101' };
    const signed = await signZone(DOMAIN, zoneFile(SPF, RECORD), period);
    const server = await named({ zones: { [DOMAIN]: PRIMARY }, files: { zone: signed.zoneFile } });
    const resolver = await unbound(server, {
      modules: 'validator iterator',
      server: ['trust-anchor-file: "FOLDER/anchor"'],
      files: { anchor: signed.trustAnchor },
    });
    const { report } = await look({ resolvers: [resolver.address], authoritative: [server.address] });
    expect(report).toMatchObject({ visible: true, diagnosis: [] });
  });

  it('resolver-cannot-reach-zone: BIND finds nobody, Unbound somebody who does not have the zone', async () => {
    const server = await nsd(SPF, RECORD);
    const [nobody, lame] = [{ address: '127.0.0.1:9' }, await named({})];
    const bind = await named({ options: RECURSIVE, zones: { [DOMAIN]: forwardTo(nobody) } });
    for (const resolver of [bind, await unbound(lame)]) {
      const { report, causes } = await look({
        resolvers: [resolver.address],
        authoritative: [server.address],
      });
      expect(causes).toEqual(['resolver-cannot-reach-zone']);
      expect(report.diagnosis[0]?.servers).toEqual([resolver.address]);
    }
  });

  it('stale-answer: Unbound serves what has expired, since the zone is out of its reach', async () => {
    const [server, lost] = [await nsd(SPF, RECORD), await nsd('@ 1 TXT "v=spf1 -all"')];
    const resolver = await unbound(lost, { server: ['serve-expired: yes', 'ede-serve-expired: yes'] });
    await look({ resolvers: [resolver.address], authoritative: 'off' });
    await lost.stop();
    await sleep(2100);
    const { report, causes } = await look({
      resolvers: [resolver.address],
      authoritative: [server.address],
    });
    expect(causes).toEqual(['stale-answer', 'old-rrset-cached']);
    expect(report.diagnosis[0]?.servers).toEqual([resolver.address]);
  });

  it('resolver-unreachable: BIND refuses this machine every question, and nobody is at another address', async () => {
    const server = await nsd(SPF, RECORD);
    const closed = await named({ options: ['recursion yes', 'allow-query { none; }'] });
    for (const lost of [closed, { address: '127.0.0.1:9' }]) {
      const { report, causes } = await look({
        resolvers: [(await unbound(server)).address, lost.address],
        authoritative: [server.address],
      });
      expect(causes).toEqual(['resolver-unreachable']);
      expect(report.diagnosis[0]?.servers).toEqual([lost.address]);
    }
  });

  it('filtered: Unbound has a policy for the domain, of which its answer does not tell', async () => {
    const server = await nsd(SPF, RECORD);
    const rpz = '$ORIGIN rpz.\n@ 300 SOA a b 1 1 1 1 1\n@ 300 NS a\ncompany.test CNAME .\n';
    const resolvers = [
      await unbound(server, { server: [`local-zone: "${DOMAIN}." always_refuse`] }),
      await unbound(server, { server: [`local-zone: "${DOMAIN}." always_nxdomain`] }),
      await unbound(server, {
        modules: 'respip iterator',
        clauses: { rpz: ['name: rpz', 'zonefile: "policy"'] },
        files: { policy: rpz },
      }),
    ];
    for (const resolver of resolvers) {
      const { causes } = await look({ resolvers: [resolver.address], authoritative: [server.address] });
      expect(causes).toEqual(['filtered']);
    }
  });

  it('port-53-intercepted: Unbound and BIND answer in the place of the authoritative server', async () => {
    const server = await nsd(SPF, RECORD);
    const resolvers = [
      // Refuses what it is asked without RD.
      await unbound(server),
      await unbound(server, { server: ['access-control: 127.0.0.0/8 allow_snoop'] }),
      await named({ options: RECURSIVE, zones: { [DOMAIN]: forwardTo(server) } }),
    ];
    const early = await nsd(SPF);
    const lost = await unbound(early);
    for (const resolver of resolvers) {
      const { causes } = await look({
        resolvers: [lost.address],
        authoritative: ['192.0.2.11'],
        routes: { '192.0.2.11': resolver.address },
      });
      expect(causes[0]).toBe('port-53-intercepted');
    }
  });

  it('tcp-blocked: Unbound has more than UDP can carry, and does not speak TCP', async () => {
    const server = await nsd(SPF, RECORD);
    const records = Array.from(
      { length: 10 },
      (_, index) => `local-data: '${DOMAIN}. TXT "${index}${'.'.repeat(200)}"'`,
    );
    const resolver = await unbound(server, {
      server: ['do-tcp: no', `local-zone: "${DOMAIN}." static`, ...records],
    });
    const { report, causes } = await look({
      resolvers: [resolver.address],
      authoritative: [server.address],
    });
    expect(causes).toEqual(['tcp-blocked']);
    expect(report.diagnosis[0]?.servers).toEqual([resolver.address]);
  });
});
