import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsReport } from '../../src/domain/dns-report.ts';
import { tooEarly } from '../checks/early-questions.ts';
import { makeNetworkNamespace } from '../real/network-namespace.ts';
import { CODE, type Outcome } from '../real/small-internet/scenario.ts';
import type { ScenarioName } from '../real/small-internet/scenarios.ts';

const PROGRAM = fileURLToPath(new URL('../real/small-internet/program.ts', import.meta.url));

const network = makeNetworkNamespace('internet', 'the wait in a small internet of real servers');

/** Published while the action waits, and the zone that is reported, unless a CNAME leads elsewhere. */
const PUBLISHED: readonly (readonly [name: ScenarioName, zone: string | undefined])[] = [
  ['apex', 'apex.com'],
  ['apex without any TXT record, in a signed zone', 'bare.example'],
  ['new sub-domain', 'sub.test'],
  ['new sub-domain below co.uk, with name servers elsewhere', 'firm.co.uk'],
  ['new sub-domain in a signed zone', 'signed.example'],
  ['sub-domain with an address, in a signed zone', 'known.example'],
  ['empty non-terminal', 'ent.test'],
  ['delegated sub-domain', 'mail.parent.net'],
  ['delegated sub-domain whose zone has no address of its name server', 'mail.glue.com'],
  ['delegated sub-domain on the servers of its parent zone', 'mail.both.com'],
  ['name below a delegated sub-domain', 'lab.deep.test'],
  ['first resolver slow', 'slow.test'],
  ['first resolver denies a domain that was registered a minute ago', 'fresh.com'],
  ['first resolver filters the domain', 'filtered.com'],
  ['first resolver says nothing about anything', 'mute.com'],
  ['first resolver refuses everything', 'refused.com'],
  ['both servers of the registry have not got the delegation yet', 'lagging.net'],
  ['a server of the registry fails', 'failing.com'],
  ['registered during the wait', 'late.test'],
  ['CNAME to a zone on other servers', undefined],
  ['eight CNAME records in turn', undefined],
  ['CNAME to a delegated sub-domain of the same domain', undefined],
  ['CNAME into the signed zone of its own DNS host', 'provider.example'],
  ['DNAME to a zone on other servers', undefined],
  ['CNAME to a domain that is registered only later', undefined],
  ['authoritative servers that answer EDNS with a bare FORMERR', 'no-edns.com'],
  ['authoritative servers that answer SERVFAIL to SOA', 'no-soa.com'],
  ['authoritative servers that answer NOTIMP to SOA', 'soa-notimp.net'],
];

/** As these, with the ancestors whose servers only resolvers can tell. */
const WITHOUT_TOP: ScenarioName = 'no resolver knows a top-level domain';

/** The record is there from the start. */
const BEHIND: ScenarioName = 'a server of the registry has not got the delegation yet, one look';

/** Modes that read the record once and publish nothing. */
const CHECK: ScenarioName = 'check of a record that is gone';
const CREATE: ScenarioName = 'create that writes all TXT values of the name';

/** Never published where it could be seen, one look: the step is green and says why. */
const UNSEEN: readonly (readonly [name: ScenarioName, cause: string, evidence: RegExp])[] = [
  ['not registered', 'not-registered', /\btest\b/],
  ['not registered, below co.uk', 'not-registered', /\bco\.uk\b/],
  ['name below a domain that is not registered', 'not-registered', /\bnet\b/],
  ['nine CNAME records in turn', 'wrong-type', /\b8\b|eight/],
  ['CNAME records in a circle', 'wrong-type', /loop/],
];

/** The record is where it belongs, and resolvers do not see it: the first cause that is told. */
const HIDDEN: readonly (readonly [name: ScenarioName, zone: string, cause: string])[] = [
  ['signatures that have expired', 'bogus.example', 'dnssec-bogus'],
  ['parent still delegates to the former provider', 'moved.com', 'delegation-mismatch'],
];

describe.skipIf(network.isSkipped)('wait-for-dns in a small internet of real servers', () => {
  let outcomes: Readonly<Record<ScenarioName, Outcome>>;
  beforeAll(async () => {
    expect(network.reason).toBeUndefined();
    outcomes = JSON.parse(await network.run(PROGRAM));
  }, 300_000);
  afterAll(() => network.remove());

  const reportOf = ({ outputs }: Outcome): DnsReport => JSON.parse(outputs['dns-report'] ?? 'null');

  it('has an expectation for each of its scenarios', () => {
    const tables: readonly string[] = [...PUBLISHED, ...UNSEEN, ...HIDDEN].map(([name]) => name);
    expect([...tables, WITHOUT_TOP, BEHIND, CHECK, CREATE].sort()).toEqual(Object.keys(outcomes).sort());
  });

  it.each(PUBLISHED)('sees the record soon, having asked no resolver too early: %s', (name, zone) => {
    const outcome = outcomes[name];
    expect(tooEarly(outcome.early, outcome.own)).toEqual([]);
    expect(outcome).toMatchObject({ hasPublished: true, exitCode: 0 });
    const expected = { reason: 'visible', authoritative: true, ...(zone !== undefined && { zone }) };
    expect(reportOf(outcome)).toMatchObject(expected);
  });

  it('asks resolvers for the servers of ancestors when they know no top-level domain', () => {
    const outcome = outcomes[WITHOUT_TOP];
    expect(tooEarly(outcome.early, outcome.own).filter((one) => one !== 'inner.com NS')).toEqual([]);
    expect(outcome).toMatchObject({ hasPublished: true, exitCode: 0 });
    expect(reportOf(outcome)).toMatchObject({ reason: 'visible', authoritative: true, zone: 'inner.com' });
  });

  it('believes no server alone that a domain is not registered', () => {
    expect(reportOf(outcomes[BEHIND])).toMatchObject({
      reason: 'visible',
      authoritative: true,
      zone: 'behind.net',
    });
  });

  it('asks no resolver about the name in mode check while the record is not published', () => {
    const outcome = outcomes[CHECK];
    expect(tooEarly(outcome.asked, outcome.own)).toEqual([]);
    expect(outcome).toMatchObject({ exitCode: 0, outputs: { drift: 'true', 'dns-visible': 'false' } });
    expect(reportOf(outcome).diagnosis[0]?.cause).toBe('not-published');
  });

  it('asks no resolver about the name when all of its TXT values are written', () => {
    const outcome = outcomes[CREATE];
    expect(tooEarly(outcome.asked, outcome.own)).toEqual([]);
    expect(outcome.exitCode).toBe(0);
    expect(JSON.parse(outcome.outputs['txt-values'] ?? '[]')).toEqual(['v=spf1 mx -all', CODE]);
  });

  it.each(UNSEEN)(
    'tells after one look why nothing is to be seen, and is green: %s',
    (name, cause, evidence) => {
      const outcome = outcomes[name];
      expect(tooEarly(outcome.asked, outcome.own)).toEqual([]);
      expect(outcome.exitCode).toBe(0);
      expect(outcome.outputs).toMatchObject({ 'dns-visible': 'false', 'timed-out': 'true' });
      expect(reportOf(outcome).diagnosis[0]).toMatchObject({
        cause,
        evidence: expect.stringMatching(evidence),
      });
    },
  );

  it.each(HIDDEN)('tells the true cause first: %s', (name, zone, cause) => {
    const outcome = outcomes[name];
    const report = reportOf(outcome);
    expect(report.zone).toBe(zone);
    expect(report.diagnosis[0]?.cause).toBe(cause);
  });
});
