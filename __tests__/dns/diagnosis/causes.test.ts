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
  zones: new Map(),
  elsewhere: [],
  delegation: undefined,
  withoutValidation: new Map(),
  closed: [],
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
  // A resolver answers from a cache, so with AA=0.
  const answer = reply(
    typeof said === 'object' && role === 'resolver' ? { aa: false, ...said } : said,
    transport,
  );
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

/** An authoritative server that says both in turn, and said this last. */
function inTurn(label: string, said: Said): ServerEvidence {
  const one = authority(label, said);
  return { ...one, state: { ...one.state, saysBoth: true } };
}

/** An authoritative server at an address of this name server. */
function named(nameServer: string, said: Said): ServerEvidence {
  const one = authority(`${nameServer} (192.0.2.1)`, said);
  return { ...one, server: { ...one.server, nameServer } };
}

function evidence(parts: Partial<Omit<Evidence, 'probes'>> & { probes?: Partial<Probes> } = {}): Evidence {
  return {
    expected: EXPECTED,
    zone: ZONE,
    isRegistered: true,
    parentAnswers: false,
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
    'authority-split': evidence({ authoritative: [inTurn(text, NO)] }),
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
    'resolver-unreachable': evidence({
      authoritative: published,
      resolvers: [resolver(text, 'silence'), resolver('r', YES)],
    }),
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
      'authority-split',
      'secondary-lags',
      'dnssec-bogus',
      'filtered',
      'resolver-cannot-reach-zone',
      'stale-answer',
      'anycast-split',
      'old-rrset-cached',
      'absence-cached',
      'not-published',
      'resolver-unreachable',
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

describe('a delegation that explains what is seen', () => {
  const moved = { parent: ['old1', 'old2'], child: ['new1', 'new2'] };
  const half = { parent: ['ns1', 'ns2'], child: ['ns1', 'ns3'] };

  it.each([
    ['the former provider has the old zone', moved, [named('new1', YES), named('old1', NO)]],
    ['the former provider refuses', moved, [named('new1', YES), named('old1', { rcode: 5, aa: false })]],
    ['only the parent lists the one', half, [named('ns1', YES), named('ns2', NO)]],
    ['only the zone lists the one', half, [named('ns1', YES), named('ns3', NO)]],
    ['those with the record are on one side only', half, [named('ns1', NO), named('ns3', YES)]],
  ])('comes before secondaries and caches: %s', (_what, delegation, authoritative) => {
    const resolvers = [resolver('r', { ...NO, answers: [txt('old')] })];
    const probes = { delegation, serials: new Map([[authoritative[0]?.server.label ?? '', 9]]) };
    const [first] = diagnose(evidence({ authoritative, resolvers, probes }));
    expect(first?.cause).toBe('delegation-mismatch');
    const without = authoritative.filter(({ state }) => state.observation?.kind !== 'present');
    expect(first?.servers).toEqual(without.map(({ server }) => server.label));
    expect(first?.evidence).toContain(`${without[0]?.server.label} does not have the record`);
    expect(first?.remedy).toMatch(/registrar.*however long/);
    expect(first).not.toHaveProperty('isDecisive');
  });

  it('comes before caches when the parent sends resolvers to servers that were not asked', () => {
    const resolvers = [resolver('r', { ...NO, answers: [txt('old')] })];
    const authoritative = [named('new1', YES), named('new2', YES)];
    expect(causesOf({ authoritative, resolvers, probes: { delegation: moved } })).toEqual([
      'delegation-mismatch',
      'old-rrset-cached',
    ]);
    const same = { parent: ['new1'], child: ['new1', 'new2'] };
    expect(causesOf({ authoritative, resolvers, probes: { delegation: same } })).toEqual([
      'old-rrset-cached',
      'delegation-mismatch',
    ]);
  });

  it.each([
    ['nobody has the record', [named('ns1', NO), named('ns2', NO)], 'not-published'],
    ['one that both list lags behind', [named('ns1', NO), named('ns4', YES)], 'secondary-lags'],
    [
      'one that only the parent lists refuses',
      [named('ns1', YES), named('ns2', { rcode: 5 })],
      'lame-server',
    ],
  ])('stays behind when it does not explain that: %s', (_what, authoritative, cause) => {
    const delegation = { parent: ['ns1', 'ns4', 'ns2'], child: ['ns1', 'ns4'] };
    expect(causesOf({ authoritative, probes: { delegation } })).toEqual([cause, 'delegation-mismatch']);
  });

  it('comes first for a zone that only some of the servers have, without a delegation', () => {
    const authoritative = [authority('a', YES), authority('b', NO)];
    const zones = new Map([
      ['a', EXPECTED.name],
      ['b', 'com'],
    ]);
    const [first] = diagnose(evidence({ zone: 'com', authoritative, probes: { zones } }));
    expect(first).toMatchObject({ cause: 'delegation-mismatch', servers: ['b'] });
    expect(first?.evidence).toMatch(/^a has .* zone example\.com, but b has it in the zone com\b/);
    expect(first?.remedy).toMatch(/^Delegate example\.com .* zone com\b/);
    const nowhere = [authority('a', NO), authority('b', NO)];
    expect(causesOf({ zone: 'com', authoritative: nowhere, probes: { zones } })).toEqual([
      'not-published',
      'delegation-mismatch',
    ]);
  });
});

describe('name servers none of which serves the zone', () => {
  const refused: ResponseParts = { rcode: 5, aa: false };
  const authoritative = [authority('a', refused), authority('b', refused), authority('c', 'silence')];

  it('are the first cause, whatever resolvers say', () => {
    const resolvers = [
      resolver('r', { ...NO, answers: [txt('old')] }),
      resolver('s', { rcode: 2 }),
      resolver('t', { rcode: 5 }),
    ];
    const probes = { withoutValidation: new Map([['s', reply({ rcode: 2, aa: false })]]) };
    const [first] = diagnose(evidence({ authoritative, resolvers, probes }));
    expect(first).toMatchObject({ cause: 'lame-server', servers: ['a', 'b'] });
    expect(first?.remedy).toContain('NS records');
  });

  it('are told of without a word about NS records if they were given', () => {
    const [first] = diagnose(evidence({ authoritative, isDiscovered: false }));
    expect(first?.cause).toBe('lame-server');
    expect(first?.remedy).toContain('authoritative-servers');
    expect(first?.remedy).not.toContain('NS records');
  });

  it('are no sign of an interception when the servers of the parent zone answer as such', () => {
    const likeResolvers = [
      authority('a', { aa: false, ra: true }),
      authority('b', { rcode: 5, aa: false, ra: true }),
    ];
    expect(causesOf({ authoritative: likeResolvers })).toEqual(['port-53-intercepted']);
    expect(causesOf({ authoritative: likeResolvers, parentAnswers: true })).toEqual(['lame-server']);
  });
});

describe('a server that says both in turn', () => {
  it.each([
    ['it lacks the record at the moment', [inTurn('a', NO)]],
    ['it has the record at the moment', [inTurn('a', YES)]],
    ['all others have it', [inTurn('a', NO), authority('b', YES)]],
    ['no other has it', [inTurn('a', NO), authority('b', NO)]],
  ])('is the cause, and the record neither missing nor mistaken: %s', (_what, authoritative) => {
    const probes = { elsewhere: [`www.${EXPECTED.name}`] };
    const [found, ...more] = diagnose(evidence({ authoritative, probes }));
    expect(found).toMatchObject({ cause: 'authority-split', servers: ['a'] });
    expect(more).toEqual([]);
  });

  it('does not hide another that lags behind', () => {
    expect(causesOf({ authoritative: [inTurn('a', YES), authority('b', NO)] })).toEqual([
      'authority-split',
      'secondary-lags',
    ]);
  });
});

describe('a resolver that cannot be reached', () => {
  const published = [authority('a', YES)];

  it('is named with the transports', () => {
    const resolvers = [resolver('r', 'silence'), resolver('s', YES), resolver('t', YES)];
    const [found, ...more] = diagnose(evidence({ authoritative: published, resolvers }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ cause: 'resolver-unreachable', servers: ['r'] });
    expect(found?.evidence).toMatch(/^r has never answered over UDP or TCP$/);
    expect(found?.remedy).toMatch(/resolvers.*quorum/);
  });

  it('is named with all that it was asked over, and with what happened', () => {
    const broken = (label: string, server: Partial<DnsServer>, detail: string): ServerEvidence => {
      const one = resolver(label, 'silence');
      const observation = { kind: 'unusable', why: 'certificate', detail } as const;
      return { ...one, server: { ...one.server, ...server }, state: { ...one.state, observation } };
    };
    const resolvers = [
      broken('r', { https: [address] }, 'certificate not trusted over HTTPS'),
      broken('s', { transport: 'tls' }, 'certificate not trusted over TLS'),
    ];
    const [found] = diagnose(evidence({ authoritative: published, resolvers }));
    expect(found?.evidence).toMatch(/^r .* UDP, TCP or HTTPS \(cert.*\), and s .* TLS \(cert.*\)$/);
  });

  it('is not one that has answered before, nor one that is silent like everybody', () => {
    const silent = resolver('r', 'silence');
    const before = { ...silent, state: { ...silent.state, hasAnswered: true } };
    expect(causesOf({ authoritative: published, resolvers: [before] })).toEqual([]);
    expect(causesOf({ authoritative: [authority('a', 'silence')], resolvers: [silent] })).toEqual([]);
  });

  it('is one that refuses other names too, which is no filter', () => {
    const resolvers = [resolver('r', { rcode: 5 }), resolver('s', { rcode: 5 })];
    const [first, second, ...more] = diagnose(
      evidence({ authoritative: published, resolvers, probes: { closed: ['r'] } }),
    );
    expect(first).toMatchObject({ cause: 'filtered', servers: ['s'] });
    expect(second).toMatchObject({ cause: 'resolver-unreachable', servers: ['r'] });
    expect(second?.evidence).toMatch(/^r refuses .* every/);
    expect(more).toEqual([]);
  });
});

describe('a record that is missing going by resolvers alone', () => {
  it.each([
    ['nobody else was asked', [], 'not asked'],
    ['nobody else answers', [authority('a', 'silence')], 'usable'],
  ])('is not published, and said to be their word: %s', (_what, authoritative, fact) => {
    const resolvers = [resolver('r', NO), resolver('s', 'silence')];
    const [first] = diagnose(evidence({ authoritative, resolvers, isDiscovered: false }));
    expect(first).toMatchObject({ cause: 'not-published', servers: ['r'] });
    expect(first?.evidence).toMatch(/resolvers alone: r does not have it/);
    expect(first?.evidence).toContain(fact);
    expect(first?.remedy).toContain('cached');
  });

  it('is not said to be so when another resolver has it, or an authoritative server', () => {
    const resolvers = [resolver('r', NO), resolver('s', YES)];
    expect(causesOf({ resolvers })).toEqual(['absence-cached']);
    expect(causesOf({ authoritative: [authority('a', YES)], resolvers: [resolver('r', NO)] })).toEqual([
      'absence-cached',
    ]);
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

  it('of several other codes all are named, as long as they fit into a line', () => {
    const codes = Array.from({ length: 10 }, (_, index) => `cloudflare_dashboard_sso=${index}`);
    const [found] = diagnose(
      evidence({ authoritative: [authority('a', { answers: codes.map((code) => txt(code)) })] }),
    );
    expect(found?.cause).toBe('another-code');
    for (const code of codes.slice(0, 8)) expect(found?.evidence).toContain(`"${code}"`);
    expect(found?.evidence).toMatch(/ and 2 more$/);
  });

  it('a resolver with a zone of its own has no cache that expires', () => {
    const own = server('r', 'resolver', { ...NO, aa: true });
    const state = { ...own.state, expiresAtMs: undefined };
    const [found, ...more] = diagnose(evidence({ authoritative: published, resolvers: [{ ...own, state }] }));
    expect(found).toMatchObject({ cause: 'split-horizon', servers: ['r'] });
    expect(found?.evidence).toContain('AA=1');
    expect(more).toEqual([]);
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
