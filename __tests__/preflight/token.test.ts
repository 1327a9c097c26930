import { describe, expect, it } from 'vitest';
import type { ApiTokenFacts } from '../../src/cloudflare/api-token.ts';
import { token } from '../../src/preflight/token.ts';
import { textWith } from '../checks/facts.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NEW_TOKEN = textWith('without an expiry date', 'API Tokens', 'break-glass');

const judged = (about: Partial<ApiTokenFacts> = {}) => token.judge(evidenceIn({ token: about }));

describe('token', () => {
  it('passes for one of the account that never expires, and has nothing to advise', async () => {
    expect(await judged()).toEqual({
      verdict: 'passed',
      evidence: textWith('belongs to the account', 'not expire'),
    });
  });

  it('passes for one of a user, and recommends one of the account', async () => {
    expect(await judged({ isOfAccount: false })).toEqual({
      verdict: 'passed',
      evidence: textWith('belongs to a user', 'not expire'),
      remedy: textWith('account', 'outlives'),
    });
  });

  it('passes with 30 days left, and tells the date', async () => {
    expect(await judged({ expiresAtMs: NOON_MS + 30 * DAY_MS })).toEqual({
      verdict: 'passed',
      evidence: textWith('2026-02-04'),
    });
  });

  it.each([30 * DAY_MS - 1, DAY_MS, 1])('warns with %d ms left, with the date', async (leftMs) => {
    const expiresAtMs = NOON_MS + leftMs;
    expect(await judged({ expiresAtMs })).toEqual({
      verdict: 'warned',
      evidence: textWith('expires', new Date(expiresAtMs).toISOString().slice(0, 10)),
      remedy: NEW_TOKEN,
    });
  });

  it.each([0, 3 * DAY_MS])('warns when it expired %d ms ago, whatever its status', async (agoMs) => {
    for (const status of ['active', 'expired']) {
      expect(await judged({ status, expiresAtMs: NOON_MS - agoMs })).toEqual({
        verdict: 'warned',
        evidence: textWith('expired', agoMs === 0 ? '2026-01-05' : '2026-01-02'),
        remedy: NEW_TOKEN,
      });
    }
  });

  it.each(['disabled', 'expired', 'something new', ''])('warns of the status %j', async (status) => {
    expect(await judged({ status })).toEqual({
      verdict: 'warned',
      evidence: textWith(status),
      remedy: NEW_TOKEN,
    });
  });

  it('warns before the day from which it may be used, and not from then on', async () => {
    expect(await judged({ notBeforeMs: NOON_MS + 2 * DAY_MS })).toEqual({
      verdict: 'warned',
      evidence: textWith('before', '2026-01-07'),
      remedy: NEW_TOKEN,
    });
    expect(await judged({ notBeforeMs: NOON_MS })).toMatchObject({ verdict: 'passed' });
  });

  it('shows a status of unknown origin as short printable text', async () => {
    const { evidence } = await judged({ status: `a\n::error::${'x'.repeat(5000)}` });
    expect(evidence).not.toMatch(UNPRINTABLE);
    expect(evidence.length).toBeLessThan(100);
  });
});
