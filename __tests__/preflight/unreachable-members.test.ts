import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/cloudflare/members.ts';
import { unreachableMembers } from '../../src/preflight/unreachable-members.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';

const judged = (...members: readonly Member[]) => unreachableMembers.judge(evidenceIn({ members }));

function member(emailDomain: string, isPlusAddress: boolean): Member {
  return { emailDomain, isPlusAddress, isSuperAdministrator: false };
}

const PLUS = member('example.com', true);

describe('unreachable-members', () => {
  it('passes without a plus address of the email domain', async () => {
    const passed = { verdict: 'passed', evidence: textWith('No member', 'plus address') };
    expect(await judged()).toEqual(passed);
    expect(await judged(member('example.com', false), member('other.example', true))).toEqual(passed);
  });

  it.each<[string, readonly Member[]]>([
    ['1 member has', [PLUS]],
    ['3 members have', [PLUS, member('example.com', false), PLUS, member('other.example', true), PLUS]],
  ])('warns with the number: %s', async (counted, members) => {
    expect(await judged(...members)).toEqual({
      verdict: 'warned',
      evidence: textWith(counted, 'SSO'),
      remedy: textWith('Invite', 'plus addresses'),
    });
  });
});
