import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/dns/observation/observation.ts';
import type { ServerState } from '../../../src/dns/observation/server-state.ts';
import { countServers, describeServers, explainInvisible } from '../../../src/dns/wait/wording.ts';
import type { DnsReport, ServerReport } from '../../../src/domain/dns-report.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { absent, PRESENT, SERVFAIL } from '../../fakes/wait-simulation.ts';
import { sampleReport } from '../../samples/results.ts';

function state(label: string, observation: Observation | undefined, expiresAtMs?: number): ServerState {
  const answeredAtMs = observation && NOON_MS;
  const known = { hasAnswered: observation !== undefined, saysBoth: false };
  return { label, observation, answeredAtMs, presentSinceMs: undefined, expiresAtMs, ...known };
}

function server(name: string, role: ServerReport['role'], record: ServerReport['record']): ServerReport {
  return { server: name, role, record, txt: [] };
}

const invisible = (changes: Partial<DnsReport>) =>
  explainInvisible(sampleReport({ visible: false, ...changes }));

describe('the lines about servers', () => {
  it.each([
    ['no word yet', undefined, /not answered/],
    ['a failure', SERVFAIL, /failed: SERVFAIL/],
    ['the record', PRESENT, /has the record/],
    ['nothing', absent(60), /not have the record.* nor any other TXT record/],
    ['another', absent(60, ['a']), /not have the record.* 1 other TXT record\b/],
    ['others', absent(60, ['a', 'b']), /not have the record.* 2 other TXT records/],
  ])('describe an authoritative server with %s', (_what, observation, facts) => {
    const [line, ...more] = describeServers([state('ns1', observation)], NOON_MS);
    expect(line).toMatch(/^ns1 .*\.$/);
    expect(line).toMatch(facts);
    expect(line).not.toMatch(/cache/);
    expect(more).toEqual([]);
  });

  it.each([
    [absent(2713, ['v=spf1']), 2713, /old .*cached for 45m 13s, until 12:45 UTC/],
    [absent(1800), 1800, /absence .*cached for 30m, until 12:30 UTC/],
    [absent(50_000), 50_000, /absence .*cached for 13h 53m, until 2026-01-06 01:53 UTC/],
  ])('say until when a resolver has the old answer cached', (observation, ttlS, facts) => {
    const [line] = describeServers([state('google', observation, NOON_MS + ttlS * 1000)], NOON_MS);
    expect(line).toMatch(/^google /);
    expect(line).toMatch(facts);
  });

  it('describe a resolver whose answer has no TTL', () => {
    expect(describeServers([state('google', absent())], NOON_MS)[0]).toMatch(
      /^google .* any other TXT record/,
    );
  });

  it('are one for all servers that say the same, in the plural', () => {
    const lines = describeServers(
      [
        state('ns1', absent(60, ['a'])),
        state('ns2', PRESENT),
        state('ns3', absent(60, ['b'])),
        state('ns4', PRESENT),
        state('ns5', absent(60, ['a', 'b'])),
      ],
      NOON_MS,
    );
    expect(lines).toEqual([
      expect.stringMatching(/^ns1, ns3 do not have .* 1 other/),
      'ns2, ns4 have the record.',
      expect.stringMatching(/^ns5 does not have .* 2 other/),
    ]);
  });

  it('name no more servers than one line can', () => {
    const servers = Array.from({ length: 60 }, (_, index) => state(`ns${index + 1}`, PRESENT));
    expect(describeServers(servers, NOON_MS)).toEqual([
      expect.stringMatching(/^ns1, .*ns8 and 52 more have/),
    ]);
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
    const { why, remedy } = invisible({ servers, authoritative: false, diagnosis: [] });
    expect(why).toBe('1 of 1 authoritative servers and 0 of 1 resolvers have the record');
    expect(remedy).toContain(`example.com TXT "${sampleReport().value}"`);
  });

  it('asks nobody to publish what the authoritative servers have', () => {
    const { remedy } = invisible({ servers, authoritative: true, diagnosis: [] });
    expect(remedy).toMatch(/^Run again\.$/);
    expect(invisible({ ...late, authoritative: true, diagnosis: [] }).remedy).toMatch(/^Run again after/);
  });

  it('comes with the time when the caches expire, if that is after the time-out', () => {
    const finding = { cause: 'a', evidence: 'seen', remedy: 'Wait.' };
    const after = /2026-01-05T13:00:00\.000Z.* longer timeout/;
    expect(invisible({ ...late, diagnosis: [finding] }).remedy).toMatch(/^Wait\. /);
    expect(invisible({ ...late, diagnosis: [finding] }).remedy).toMatch(after);
    expect(invisible({ ...late, diagnosis: [] }).remedy).toMatch(after);
  });
});
