import { describe, expect, it } from 'vitest';
import { authoritativeServer } from '../../../src/dns/client/servers.ts';
import type { Observation } from '../../../src/dns/observation/observation.ts';
import type { ServerState } from '../../../src/dns/observation/server-state.ts';
import { countServers, describeServer, explainInvisible } from '../../../src/dns/wait/wording.ts';
import type { DnsReport, ServerReport } from '../../../src/domain/dns-report.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { absent, PRESENT, SERVFAIL } from '../../fakes/wait-simulation.ts';
import { sampleReport } from '../../samples/results.ts';

const AUTHORITY = { ...authoritativeServer({ host: '192.0.2.53', port: 53 }), label: 'ns1' };
const RESOLVER = { ...AUTHORITY, label: 'google', role: 'resolver' } as const;

function state(observation: Observation | undefined, expiresAtMs?: number): ServerState {
  const answeredAtMs = observation && NOON_MS;
  return { label: 'x', observation, answeredAtMs, presentSinceMs: undefined, expiresAtMs };
}

function server(name: string, role: ServerReport['role'], record: ServerReport['record']): ServerReport {
  return { server: name, role, record, txt: [] };
}

const invisible = (changes: Partial<DnsReport>) =>
  explainInvisible(sampleReport({ visible: false, ...changes }));

describe('the line about a server', () => {
  it.each([
    ['no word yet', undefined, /not answered/],
    ['a failure', SERVFAIL, /failed: SERVFAIL/],
    ['the record', PRESENT, /has the record/],
    ['nothing', absent(60), /not have the record.* no TXT record/],
    ['another', absent(60, ['a']), /not have the record.* 1 other TXT record\b/],
    ['others', absent(60, ['a', 'b']), /not have the record.* 2 other TXT records/],
  ])('describes an authoritative server with %s', (_what, observation, facts) => {
    const line = describeServer(AUTHORITY, state(observation), NOON_MS);
    expect(line).toMatch(/^ns1 .*\.$/);
    expect(line).toMatch(facts);
    expect(line).not.toMatch(/cache/);
  });

  it.each([
    [absent(2713, ['v=spf1']), 2713, /old .*cached for 45m 13s, until 12:45 UTC/],
    [absent(1800), 1800, /absence .*cached for 30m, until 12:30 UTC/],
    [absent(50_000), 50_000, /absence .*cached for 13h 53m, until 2026-01-06 01:53 UTC/],
  ])('says until when a resolver has the old answer cached', (observation, ttlS, facts) => {
    const line = describeServer(RESOLVER, state(observation, NOON_MS + ttlS * 1000), NOON_MS);
    expect(line).toMatch(/^google /);
    expect(line).toMatch(facts);
  });

  it('describes a resolver whose answer has no TTL', () => {
    expect(describeServer(RESOLVER, state(absent()), NOON_MS)).toMatch(/^google .*no TXT record/);
  });
});

describe('the count of servers', () => {
  it('names both roles, or the one there is', () => {
    const resolvers = [server('r1', 'resolver', 'present'), server('r2', 'resolver', 'unknown')];
    expect(countServers([server('a1', 'authoritative', 'absent'), ...resolvers])).toBe(
      '0 of 1 authoritative servers and 1 of 2 resolvers have the record',
    );
    expect(countServers(resolvers)).toBe('1 of 2 resolvers have the record');
    expect(countServers([])).toMatch(/no server/);
  });
});

describe('the reason why the record is not visible', () => {
  const servers = [server('a1', 'authoritative', 'present'), server('r1', 'resolver', 'absent')];
  const late = { reason: 'not-in-time', expected_at: '2026-01-05T13:00:00.000Z', servers } as const;

  it('is the first finding of the diagnosis, with its remedy', () => {
    const [first, second] = [
      { cause: 'a', evidence: 'first seen', remedy: 'Do this.' },
      { cause: 'b', evidence: 'then seen', remedy: 'Do that.' },
    ];
    expect(invisible({ diagnosis: [first, second] })).toEqual({ why: 'first seen', remedy: 'Do this.' });
  });

  it('is otherwise the count, with the record to check', () => {
    const { why, remedy } = invisible({ servers, diagnosis: [] });
    expect(why).toBe('1 of 1 authoritative servers and 0 of 1 resolvers have the record');
    expect(remedy).toContain(`example.com TXT "${sampleReport().value}"`);
  });

  it('comes with the time when the caches expire, if that is after the time-out', () => {
    const finding = { cause: 'a', evidence: 'seen', remedy: 'Wait.' };
    const after = /2026-01-05T13:00:00\.000Z.* longer timeout/;
    expect(invisible({ ...late, diagnosis: [finding] }).remedy).toMatch(/^Wait\. /);
    expect(invisible({ ...late, diagnosis: [finding] }).remedy).toMatch(after);
    expect(invisible({ ...late, diagnosis: [] }).remedy).toMatch(after);
  });
});
