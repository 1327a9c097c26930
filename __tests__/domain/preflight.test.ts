import { describe, expect, it } from 'vitest';
import {
  GUARD_IDS,
  obstacles,
  PREFLIGHT_POLICIES,
  type PreflightPolicy,
  VERDICTS,
  type Verdict,
  worst,
} from '../../src/domain/preflight.ts';
import { sampleJudgement, samplePreflight } from '../samples/preflight.ts';

/** A report in which one guard has each verdict. */
const mixed = samplePreflight({
  'identity-provider': { verdict: 'refused' },
  'sign-in-seen': { verdict: 'warned' },
  'sso-app': { verdict: 'unknown' },
});

describe('obstacles', () => {
  it.each<[PreflightPolicy, readonly string[]]>([
    ['true', ['identity-provider']],
    ['strict', ['identity-provider', 'sign-in-seen', 'sso-app']],
    ['false', []],
  ])('with preflight: %s are %j', (policy, guards) => {
    expect(obstacles(mixed, policy).map(({ guard }) => guard)).toEqual(guards);
  });

  it.each(PREFLIGHT_POLICIES)('with preflight: %s are none where all passed', (policy) => {
    expect(obstacles(samplePreflight(), policy)).toEqual([]);
  });
});

describe('worst', () => {
  it.each<[Verdict, readonly Verdict[]]>([
    ['passed', []],
    ['passed', ['passed', 'passed']],
    ['unknown', ['passed', 'unknown']],
    ['warned', ['unknown', 'warned', 'passed']],
    ['refused', ['warned', 'refused', 'unknown']],
  ])('is %s of %j', (verdict, all) => {
    expect(worst(all.map((one) => sampleJudgement({ verdict: one })))).toBe(verdict);
  });

  it('knows every verdict', () => {
    for (const verdict of VERDICTS) expect(worst([sampleJudgement({ verdict })])).toBe(verdict);
  });
});

describe('GUARD_IDS', () => {
  it('are those of the contract, in the order in which they are told', () => {
    expect(GUARD_IDS).toEqual([
      'zero-trust-organization',
      'identity-provider',
      'sign-in-seen',
      'token',
      'way-back-in',
      'unreachable-members',
      'sso-app',
    ]);
  });
});
