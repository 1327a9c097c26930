import { describe, expect, it } from 'vitest';
import { createRunnerLog } from '../../../src/action/runner-log.ts';
import type { Reply } from '../../../src/dns/client/client.ts';
import type { DnsServer } from '../../../src/dns/client/servers.ts';
import { CAUSES, diagnose } from '../../../src/dns/diagnosis/causes.ts';
import type { Evidence, Probes, ServerEvidence } from '../../../src/dns/diagnosis/evidence.ts';
import { observe } from '../../../src/dns/observation/observation.ts';
import { explainInvisible } from '../../../src/dns/wait/wording.ts';
import type { DnsReport } from '../../../src/domain/dns-report.ts';
import { stdoutOf } from '../../fakes/captured-stdout.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { cname, EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';
import { HOSTILE_TEXTS, UNPRINTABLE } from '../../samples/hostile-text.ts';

const ZONE = 'example.com';
const YES: ResponseParts = { answers: [txt(EXPECTED.value)] };
const NO: ResponseParts = { authorities: [soa(ZONE)] };
const address = { host: '192.0.2.1', port: 53 };

const NO_PROBES: Probes = {
  serials: new Map(),
  elsewhere: [],
  delegation: undefined,
  withoutValidation: new Map(),
  undecided: [],
  systemNameServers: undefined,
};

type Said = ResponseParts | 'silence' | 'no TCP';

function reply(said: Said, transport: Reply['transport'] = 'udp'): Reply {
  if (typeof said === 'string') {
    const silence = { ok: false, silence: 'timeout', address, transport: 'tcp' } as const;
    return { ...silence, truncatedOverUdp: said === 'no TCP' };
  }
  return { ok: true, message: message(said), address, transport };
}

function server(
  label: string,
  role: DnsServer['role'],
  said: Said,
  transport?: Reply['transport'],
): ServerEvidence {
  const answer = reply(said, transport);
  const observation = observe(answer, EXPECTED, role);
  const ttlS = observation.kind === 'absent' ? observation.ttlS : undefined;
  const expiresAtMs = role === 'resolver' && ttlS !== undefined ? NOON_MS + ttlS * 1000 : undefined;
  const state = {
    label,
    observation,
    answeredAtMs: NOON_MS,
    presentSinceMs: undefined,
    expiresAtMs,
    hasAnswered: answer.ok,
    saysBoth: false,
  };
  return {
    server: { label, role, transport: 'auto', addresses: [address] },
    state,
    reply: answer,
  };
}

const authority = (label: string, said: Said) => server(label, 'authoritative', said);
const resolver = (label: string, said: Said, transport?: Reply['transport']) =>
  server(label, 'resolver', said, transport);

function evidence(parts: Partial<Omit<Evidence, 'probes'>> & { probes?: Partial<Probes> } = {}): Evidence {
  return {
    expected: EXPECTED,
    zone: ZONE,
    isRegistered: true,
    isDiscovered: true,
    authoritative: [],
    resolvers: [],
    nowMs: NOON_MS,
    ...parts,
    probes: { ...NO_PROBES, ...parts.probes },
  };
}

const causesOf = (parts: Parameters<typeof evidence>[0]) =>
  diagnose(evidence(parts)).map(({ cause }) => cause);

/** Evidence for every cause, with the given text wherever untrusted text can be. */
function scenes(text: string): Readonly<Record<string, Evidence>> {
  const ede = (code: number) => {
    const data = Buffer.from([0, code, ...Buffer.from(text)]);
    return { options: [{ code: 15, data, type: null }] } as unknown as NonNullable<ResponseParts['edns']>;
  };
  const failing: ResponseParts = { rcode: 2, aa: false, ra: true, authorities: [] };
  const lacking = authority(text, { ...NO, answers: [txt(text)] });
  const published = [authority(text, YES)];
  return {
    'not-registered': evidence({ isRegistered: false, zone: text }),
    'port-53-intercepted': evidence({ authoritative: [authority(text, { aa: false, ra: true })] }),
    'wrong-type': evidence({
      authoritative: [authority(text, { answers: [cname(EXPECTED.name, 'target.example.net')] })],
    }),
    'quoting-or-splitting': evidence({
      authoritative: [authority(text, { answers: [txt(`"${EXPECTED.value}"\n`)] })],
    }),
    'wrong-name': evidence({ authoritative: [lacking], probes: { elsewhere: [text] } }),
    'another-code': evidence({
      authoritative: [authority(text, { answers: [txt(`cloudflare_dashboard_sso=${text}`)] })],
    }),
    'sub-delegation': evidence({
      zone: 'com',
      authoritative: [
        authority(text, {
          aa: false,
          authorities: [{ type: 'NS', name: ZONE, ttl: 1, data: 'ns.example.net' }],
        }),
      ],
    }),
    'tcp-blocked': evidence({ authoritative: [authority(text, 'no TCP')] }),
    'port-53-blocked': evidence({
      authoritative: [authority(text, 'silence')],
      resolvers: [resolver(text, NO, 'https')],
    }),
    'secondary-lags': evidence({
      authoritative: [authority('a', YES), lacking],
      probes: { serials: new Map([['a', 2]]) },
    }),
    'dnssec-bogus': evidence({
      authoritative: published,
      resolvers: [resolver(text, { ...failing, edns: ede(7) })],
    }),
    filtered: evidence({
      authoritative: published,
      resolvers: [resolver(text, { ...failing, edns: ede(15) })],
    }),
    'resolver-cannot-reach-zone': evidence({
      authoritative: published,
      resolvers: [resolver(text, { ...failing, edns: ede(22) })],
    }),
    'stale-answer': evidence({
      authoritative: published,
      resolvers: [resolver(text, { ...NO, edns: ede(3) })],
    }),
    'anycast-split': evidence({
      authoritative: published,
      resolvers: [resolver(text, NO)],
      probes: { undecided: [text] },
    }),
    'old-rrset-cached': evidence({
      authoritative: published,
      resolvers: [resolver(text, { answers: [txt(text)] })],
    }),
    'absence-cached': evidence({ authoritative: published, resolvers: [resolver(text, NO)] }),
    'not-published': evidence({ authoritative: [lacking] }),
    'lame-server': evidence({ authoritative: [authority(text, { rcode: 5, aa: false })] }),
    'delegation-mismatch': evidence({
      probes: { delegation: { parent: [text], child: ['ns1.example.com'] } },
    }),
    'split-horizon': evidence({
      probes: {
        delegation: { parent: ['ns1.example.com'], child: ['ns1.example.com'] },
        systemNameServers: [text],
      },
    }),
  };
}

describe('the registry of causes', () => {
  it('has these names, which are part of the contract, in this order', () => {
    expect(CAUSES.map(({ id }) => id)).toEqual([
      'not-registered',
      'port-53-intercepted',
      'wrong-type',
      'quoting-or-splitting',
      'wrong-name',
      'another-code',
      'sub-delegation',
      'tcp-blocked',
      'port-53-blocked',
      'secondary-lags',
      'dnssec-bogus',
      'filtered',
      'resolver-cannot-reach-zone',
      'stale-answer',
      'anycast-split',
      'old-rrset-cached',
      'absence-cached',
      'not-published',
      'lame-server',
      'delegation-mismatch',
      'split-horizon',
    ]);
  });

  it('has a scene for every cause, in which it comes first', () => {
    const all = Object.entries(scenes('ns.example'));
    expect(all.map(([id]) => id)).toEqual(CAUSES.map(({ id }) => id));
    for (const [id, scene] of all) expect(diagnose(scene)[0]?.cause, id).toBe(id);
  });

  it('finds nothing without evidence', () => {
    expect(diagnose(evidence())).toEqual([]);
  });

  it('finds nothing wrong with servers that all have the record', () => {
    expect(causesOf({ authoritative: [authority('a', YES)], resolvers: [resolver('r', YES)] })).toEqual([]);
  });
});

describe('what a cause says', () => {
  it.each(Object.keys(scenes('')))('is a part of a sentence and a sentence: %s', (id) => {
    const found = diagnose(scenes('ns.example')[id] ?? evidence())[0];
    expect(found?.evidence).toMatch(/^[^.].*[^.]$/);
    expect(found?.remedy).toMatch(/^[A-Z].*\.$/);
    expect(`${found?.evidence} ${found?.remedy}`).not.toMatch(/undefined|NaN|Infinity|\[object|\(\)| {2}/);
  });

  it.each(Object.keys(scenes('')))('is one printable line, whatever the untrusted text: %s', (id) => {
    for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
      for (const found of diagnose(scenes(text)[id] ?? evidence())) {
        expect(found.evidence, what).not.toMatch(UNPRINTABLE);
        expect(found.remedy, what).not.toMatch(UNPRINTABLE);
      }
    }
  });

  it('quotes only a part of a long text', () => {
    const long = ['cloudflare_dashboard_sso=', ...Array<string>(20).fill('x'.repeat(250))];
    const [found] = diagnose(evidence({ authoritative: [authority('a', { answers: [txt(long)] })] }));
    expect(found?.cause).toBe('another-code');
    expect(found?.evidence.length).toBeLessThan(400);
  });

  it('is one log line and never a command, whatever the untrusted text', async () => {
    const log = createRunnerLog();
    for (const [id, text] of Object.keys(scenes('')).flatMap((each) =>
      Object.values(HOSTILE_TEXTS).map((hostile) => [each, hostile] as const),
    )) {
      const diagnosis = diagnose(scenes(text)[id] ?? evidence());
      const report: DnsReport = {
        name: EXPECTED.name,
        type: 'TXT',
        value: EXPECTED.value,
        visible: false,
        authoritative: false,
        reason: 'timed-out',
        started_at: new Date(NOON_MS).toISOString(),
        ended_at: new Date(NOON_MS).toISOString(),
        servers: [],
        diagnosis,
      };
      const { why, remedy } = explainInvisible(report);
      const written = await stdoutOf(() => log.info(`${why}. ${remedy}`));
      const lines = written.split(/\r?\n/);
      expect(lines).toHaveLength(2);
      expect(lines[0]).not.toMatch(UNPRINTABLE);
      expect(lines[0]).not.toMatch(/^\s*::|##\[/);
    }
  });
});

describe('details that a real network rarely shows', () => {
  const published = [authority('a', YES)];

  it('an absence without a TTL has no expiry time', () => {
    expect(causesOf({ authoritative: published, resolvers: [resolver('r', {})] })).toEqual([]);
  });

  it('an expired absence is reported with its past expiry time', () => {
    const [found] = diagnose(
      evidence({ authoritative: published, resolvers: [resolver('r', NO)], nowMs: NOON_MS + 7_200_000 }),
    );
    expect(found?.evidence).toContain('cached until 12:30 UTC');
    expect(found?.resolves_at).toBe('2026-01-05T12:30:00.000Z');
  });

  it('of many servers the first two are named', () => {
    const authoritative = ['a', 'b', 'c', 'd', 'e'].map((label) => authority(label, NO));
    const [found] = diagnose(evidence({ authoritative }));
    expect(found?.evidence).toContain('a, b and 3 more');
    expect(found?.servers).toHaveLength(5);
  });

  it('an unknown serial blames no server', () => {
    const authoritative = ['a', 'b', 'c'].map((label) => authority(label, NO));
    const serials = new Map([
      ['a', 8],
      ['b', 7],
    ]);
    const [found] = diagnose(evidence({ authoritative, probes: { serials } }));
    expect(found?.evidence).toMatch(/^b .*serial 7.* 8\b/);
    expect(found?.servers).toEqual(['b']);
  });

  it('serials that do not belong together are not compared', () => {
    const serials = new Map([
      ['a', 5],
      ['b', 2_026_010_101],
    ]);
    const authoritative = [authority('a', YES), authority('b', NO)];
    const [found] = diagnose(evidence({ authoritative, probes: { serials } }));
    expect(found?.evidence).toMatch(/^b /);
    expect(found?.evidence).not.toMatch(/serial|\d/);
  });

  it('a referral to the root leads nowhere', () => {
    const upward: ResponseParts = {
      aa: false,
      authorities: [{ type: 'NS', name: '.', ttl: 1, data: 'a.root-servers.net' }],
    };
    expect(causesOf({ authoritative: [authority('a', upward)] })).toEqual(['lame-server']);
  });

  it('a parent or a zone without name servers is no mismatch', () => {
    for (const delegation of [
      { parent: [], child: ['ns1'] },
      { parent: ['ns1'], child: [] },
      { parent: ['ns1', 'ns2'], child: ['ns2', 'ns1'] },
    ])
      expect(causesOf({ probes: { delegation } })).toEqual([]);
  });
});
