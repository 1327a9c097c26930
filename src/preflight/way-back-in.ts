import { answerOf, type Guard, passed, unreadable, warned } from './guard.ts';

/** A super administrator who signs in without SSO can repair what SSO breaks. */
export const wayBackIn: Guard = {
  id: 'way-back-in',
  isOfAccount: true,
  async judge(evidence) {
    const requests = [answerOf(evidence.members()), answerOf(evidence.enabledDomains())] as const;
    const [members, enabled] = await Promise.all(requests);
    if ('error' in members) return unreadable('members of the account', members.error);
    if ('error' in enabled) return unreadable('SSO connectors of the account', enabled.error);
    const withSso = new Set([...evidence.emailDomains, ...enabled.answer]);
    const administrators = members.answer.filter(({ isSuperAdministrator }) => isSuperAdministrator);
    const outside = administrators.filter(
      ({ emailDomain }) => emailDomain !== '' && !withSso.has(emailDomain),
    );
    const all = `${administrators.length} super administrator${administrators.length === 1 ? '' : 's'}`;
    if (outside.length > 0) {
      return passed(
        `${outside.length} of ${all} can sign in without SSO: the address is outside the email domains.`,
      );
    }
    return warned(
      `None of ${all} can sign in without SSO: every address is inside an email domain that uses it.`,
      'Invite a super administrator with an address of another domain, and keep that password and second factor in a safe.',
    );
  },
};
