import { answerOf, type Guard, passed, unreadable, warned } from './guard.ts';

/** An identity provider does not know plus addresses, so these members lose their sign-in. */
export const unreachableMembers: Guard = {
  id: 'unreachable-members',
  isOfAccount: false,
  async judge({ members, emailDomain }) {
    const result = await answerOf(members());
    if ('error' in result) return unreadable('members of the account', result.error);
    const ofDomain = result.answer.filter((member) => member.emailDomain === emailDomain);
    const unreachable = ofDomain.filter(({ isPlusAddress }) => isPlusAddress).length;
    if (unreachable === 0)
      return passed('No member of the account has a plus address (a+b@) of the email domain.');
    return warned(
      `${unreachable} member${unreachable === 1 ? ' has a plus address' : 's have plus addresses'} (a+b@) of the email domain and cannot sign in through SSO.`,
      'Invite these people with the address that your identity provider knows, then remove the plus addresses.',
    );
  },
};
