import { answerOf, type Guard, isWithoutZeroTrust, passed, refused, unreadable } from './guard.ts';

/** Signing in through SSO goes through Cloudflare Access, which needs a Zero Trust organization. */
export const zeroTrustOrganization: Guard = {
  id: 'zero-trust-organization',
  isOfAccount: true,
  async judge(evidence) {
    const requests = [answerOf<unknown>(evidence.identityProviders()), answerOf<unknown>(evidence.ssoApp())];
    const [first, second] = await Promise.all(requests);
    const answers = [first, second].flatMap((one) => one ?? []);
    const errors = answers.flatMap((one) => ('error' in one ? [one.error] : []));
    if (errors.some(isWithoutZeroTrust)) {
      return refused(
        'The account has no Zero Trust organization: nobody could sign in once the connector is enabled.',
        'Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.',
      );
    }
    if (errors.length < answers.length) return passed('The account has a Zero Trust organization.');
    return unreadable('settings of Cloudflare Access', errors[0]);
  },
};
