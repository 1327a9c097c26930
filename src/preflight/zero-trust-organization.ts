import { answerOf, type Guard, isWithoutZeroTrust, passed, refused, unreadable } from './guard.ts';

/** Signing in through SSO goes through Cloudflare Access, which needs a Zero Trust organization. */
export const zeroTrustOrganization: Guard = {
  id: 'zero-trust-organization',
  isOfAccount: true,
  async judge(evidence) {
    const requests = [answerOf(evidence.identityProviders()), answerOf(evidence.ssoApp())] as const;
    const [providers, app] = await Promise.all(requests);
    if ([providers, app].some((one) => 'error' in one && isWithoutZeroTrust(one.error))) {
      return refused(
        'The account has no Zero Trust organization: nobody could sign in once the connector is enabled.',
        'Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.',
      );
    }
    if ('answer' in providers || 'answer' in app) return passed('The account has a Zero Trust organization.');
    return unreadable('settings of Cloudflare Access', providers.error);
  },
};
