import type { IdentityProvider } from '../cloudflare/access.ts';
import {
  answerOf,
  type Finding,
  type Guard,
  isWithoutZeroTrust,
  passed,
  refused,
  unreadable,
  warned,
} from './guard.ts';
import { ADD_PROVIDER, describeProviders, ownProviders } from './own-providers.ts';

/** Without an identity provider of the company nobody can sign in, so an unknown list is refused as well. */
export const identityProvider: Guard = {
  id: 'identity-provider',
  isOfAccount: true,
  async judge(evidence) {
    const result = await answerOf(evidence.identityProviders());
    if ('answer' in result) return judgeProviders(result.answer);
    if (isWithoutZeroTrust(result.error)) {
      return refused(
        'Without a Zero Trust organization, the account has no identity provider.',
        ADD_PROVIDER,
      );
    }
    const finding = unreadable('identity providers of the account', result.error);
    // Whoever cannot get the permission may know the list all the same; any other failure can be mended or passes.
    const wayRound =
      finding.permission === undefined
        ? {}
        : { remedy: `${finding.remedy} If you are sure that there is one, set preflight: false.` };
    return { ...finding, verdict: 'refused', ...wayRound };
  },
};

/** The one-time PIN lets people in through their mailbox; Cloudflare's own provider asks for the sign-in itself. */
function judgeProviders(providers: readonly IdentityProvider[]): Finding {
  const own = ownProviders(providers);
  if (own.length > 0) {
    return passed(`The account has an identity provider of its own: ${describeProviders(own)}.`);
  }
  if (providers.length === 0) {
    return refused(
      'The account has no identity provider: nobody could sign in once the connector is enabled.',
      ADD_PROVIDER,
    );
  }
  if (!providers.some(({ type }) => type === 'onetimepin')) {
    return refused(
      'The only identity provider of the account is Cloudflare itself (type cloudflare): people would have to sign in to Cloudflare in order to sign in to Cloudflare.',
      ADD_PROVIDER,
    );
  }
  return warned(
    'The account has no identity provider of its own: people can sign in by one-time PIN only.',
    ADD_PROVIDER,
  );
}
