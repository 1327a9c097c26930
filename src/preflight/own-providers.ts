import type { IdentityProvider } from '../cloudflare/access.ts';
import { withoutAddresses } from '../text/untrusted.ts';

/** What Cloudflare itself puts into a Zero Trust organization; neither is an identity provider of the company. */
export const BUILT_IN_PROVIDERS: ReadonlySet<string> = new Set(['cloudflare', 'onetimepin']);

/** Where to add and test one. */
export const ADD_PROVIDER =
  'Add your own identity provider in the dashboard under Zero Trust > Integrations > Identity providers, and test it there.';

/** The identity providers that are neither Cloudflare's own nor the one-time PIN. */
export function ownProviders(providers: readonly IdentityProvider[]): readonly IdentityProvider[] {
  return providers.filter(({ type }) => !BUILT_IN_PROVIDERS.has(type));
}

/** `authentik (oidc)`; a provider without a name is its type. */
export function describeProviders(providers: readonly IdentityProvider[]): string {
  const all = providers.map(({ name, type }) => (name === '' ? type : `${name} (${type})`)).join(', ');
  return withoutAddresses(all);
}
