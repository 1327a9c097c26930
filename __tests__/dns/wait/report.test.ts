import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer } from '../../../src/dns/client/servers.ts';
import type { ServerEvidence } from '../../../src/dns/diagnosis/evidence.ts';
import type { ServerState } from '../../../src/dns/observation/server-state.ts';
import { type EndedWait, toDnsReport } from '../../../src/dns/wait/report.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { PRESENT, SERVFAIL } from '../../fakes/wait-simulation.ts';
import { EXPECTED } from '../../samples/dns-responses.ts';

const A1 = { ...authoritativeServer({ host: '192.0.2.53', port: 53 }), label: 'a1' };
const ENDED: EndedWait = {
  expected: EXPECTED,
  verdict: { reason: 'visible', authoritative: true },
  zone: 'example.com',
  startedAtMs: NOON_MS,
  endedAtMs: NOON_MS + 1500,
  servers: [],
  diagnosis: [],
};

function evidence(label: string, rest: Partial<ServerState>, reply?: Reply): ServerEvidence {
  const state = {
    label,
    observation: undefined,
    answeredAtMs: undefined,
    presentSinceMs: undefined,
    expiresAtMs: undefined,
    hasAnswered: true,
    saysBoth: false,
    ...rest,
  };
  const role = label.startsWith('a') ? 'authoritative' : 'resolver';
  return { server: { ...A1, label, role }, state, reply };
}

describe('the DNS report', () => {
  it('says of every server what it answered and when', () => {
    const servers = [
      evidence('a1', { observation: PRESENT, answeredAtMs: NOON_MS + 1000, presentSinceMs: NOON_MS }),
      evidence('r1', {
        observation: { kind: 'absent', values: ['old'], ttlS: 60, serial: 9 },
        answeredAtMs: NOON_MS,
        expiresAtMs: NOON_MS + 60_000,
      }),
      evidence('r2', { observation: SERVFAIL, answeredAtMs: NOON_MS }),
      evidence('r3', {}),
    ];
    const diagnosis = [{ cause: 'absence-cached', evidence: 'seen', remedy: 'wait' }];
    const verdict = { reason: 'not-in-time', authoritative: true, expectedAtMs: NOON_MS + 60_000 } as const;
    expect(toDnsReport({ ...ENDED, verdict, servers, diagnosis })).toEqual({
      name: 'example.com',
      type: 'TXT',
      value: EXPECTED.value,
      zone: 'example.com',
      started_at: '2026-01-05T12:00:00.000Z',
      ended_at: '2026-01-05T12:00:01.500Z',
      visible: false,
      authoritative: true,
      reason: 'not-in-time',
      diagnosis,
      expected_at: '2026-01-05T12:01:00.000Z',
      servers: [
        {
          server: 'a1',
          role: 'authoritative',
          record: 'present',
          txt: ['code'],
          ttl: 300,
          answered_at: '2026-01-05T12:00:01.000Z',
          seen_at: '2026-01-05T12:00:00.000Z',
        },
        {
          server: 'r1',
          role: 'resolver',
          record: 'absent',
          txt: ['old'],
          ttl: 60,
          serial: 9,
          answered_at: '2026-01-05T12:00:00.000Z',
          expires_at: '2026-01-05T12:01:00.000Z',
        },
        {
          server: 'r2',
          role: 'resolver',
          record: 'unknown',
          txt: [],
          problem: 'SERVFAIL',
          answered_at: '2026-01-05T12:00:00.000Z',
        },
        { server: 'r3', role: 'resolver', record: 'unknown', txt: [], problem: 'not asked' },
      ],
    });
  });

  it('is visible only with that verdict', () => {
    const report = (reason: 'visible' | 'timed-out') =>
      toDnsReport({ ...ENDED, verdict: { reason, authoritative: false } });
    expect(report('visible')).toMatchObject({ visible: true, reason: 'visible' });
    expect(report('timed-out')).toMatchObject({ visible: false, reason: 'timed-out' });
    expect(report('visible')).not.toHaveProperty('expected_at');
  });

  it('names no zone where none was found', () => {
    expect(toDnsReport({ ...ENDED, zone: undefined })).not.toHaveProperty('zone');
  });
});
