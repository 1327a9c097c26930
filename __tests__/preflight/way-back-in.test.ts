import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/cloudflare/members.ts';
import { wayBackIn } from '../../src/preflight/way-back-in.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import type { World } from '../fakes/services.ts';
import { sampleConnector } from '../samples/results.ts';

function member(emailDomain: string, isSuperAdministrator = true): Member {
  return { emailDomain, isSuperAdministrator, isPlusAddress: false };
}

const judged = (members: readonly Member[], world: World = {}, emailDomains?: readonly string[]) =>
  wayBackIn.judge(evidenceIn({ members, ...world }, emailDomains && { emailDomains }));

const INSIDE = member('example.com');
const REMEDY = textWith('super administrator', 'another domain', 'password');

describe('way-back-in', () => {
  it('passes with a super administrator outside, and counts', async () => {
    expect(await judged([INSIDE, INSIDE, member('other.example')])).toEqual({
      verdict: 'passed',
      evidence: textWith('1 of 3 super administrators', 'outside'),
    });
    expect(await judged([member('other.example')])).toMatchObject({
      evidence: textWith('1 of 1 super administrator '),
    });
  });

  it.each<[string, readonly Member[]]>([
    ['all of them are inside', [INSIDE, INSIDE]],
    ['only another member is outside', [INSIDE, INSIDE, member('other.example', false)]],
    ['the address of one is not shown', [INSIDE, member('')]],
  ])('warns when %s', async (_, members) => {
    expect(await judged(members)).toEqual({
      verdict: 'warned',
      evidence: textWith('None of 2 super administrators'),
      remedy: REMEDY,
    });
  });

  it('warns when there is no super administrator', async () => {
    expect(await judged([member('other.example', false)])).toMatchObject({
      verdict: 'warned',
      remedy: REMEDY,
    });
  });

  it('takes a subdomain for outside', async () => {
    expect(await judged([member('sub.example.com')])).toMatchObject({ verdict: 'passed' });
  });

  it('warns when the only one outside is inside another email domain of the step', async () => {
    const members = [INSIDE, member('other.example')];
    expect(await judged(members, {}, ['example.com', 'other.example'])).toMatchObject({ verdict: 'warned' });
  });

  it('warns when the only one outside is inside a domain that the account has enabled already, or may have', async () => {
    const members = [INSIDE, member('other.example')];
    const connectorsWith = (enabled: boolean | undefined) => ({
      connectors: [sampleConnector(), sampleConnector({ emailDomain: 'other.example', enabled })],
    });
    for (const enabled of [true, undefined])
      expect(await judged(members, connectorsWith(enabled))).toMatchObject({ verdict: 'warned' });
    expect(await judged(members, connectorsWith(false))).toMatchObject({ verdict: 'passed' });
  });
});
