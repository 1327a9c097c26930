import type { IdentityProvider } from '../cloudflare/access.ts';
import { CloudflareApiError } from '../cloudflare/api-error.ts';
import { NO_ZERO_TRUST } from '../cloudflare/hints.ts';
import { ActionError } from '../domain/errors.ts';
import { requireApi, type Services } from './services.ts';

/** What Cloudflare itself puts into a Zero Trust organization; neither is an identity provider of the company. */
const BUILT_IN: ReadonlySet<string> = new Set(['cloudflare', 'onetimepin']);

const ADD_ONE =
  'Add your own identity provider in the dashboard under Zero Trust > Integrations > Identity providers, and test it there.';

/**
 * Enabling without an identity provider of the company locks people out, so an unknown list is refused as well.
 *
 * @throws {ActionError} if nobody could sign in, or if it cannot be told
 */
export async function requireIdentityProvider(services: Services): Promise<void> {
  const providers = await requireApi(services).access.identityProviders().catch(explainUnreadable);
  const own = providers.filter(({ type }) => !BUILT_IN.has(type));
  if (own.length === 0) return judgeBuiltIn(providers, services);
  const list = own.map(({ name, type }) => `${name} (${type})`).join(', ');
  services.log.detail(`Identity providers: ${list}.`);
}

/** The one-time PIN lets people in through their mailbox; Cloudflare's own provider asks for the sign-in itself. */
function judgeBuiltIn(providers: readonly IdentityProvider[], { log }: Services): void {
  const hint = `${ADD_ONE} preflight: false skips this check.`;
  if (providers.length === 0) {
    throw new ActionError(
      'The account has no identity provider: nobody could sign in once the connector is enabled.',
      { hint },
    );
  }
  if (!providers.some(({ type }) => type === 'onetimepin')) {
    throw new ActionError(
      'The only identity provider of the account is Cloudflare itself (type cloudflare): people would have to sign in to Cloudflare in order to sign in to Cloudflare.',
      { hint },
    );
  }
  log.warning(
    `The account has no identity provider of your own: people can sign in by one-time PIN only. ${ADD_ONE}`,
  );
}

function explainUnreadable(error: unknown): never {
  if (!(error instanceof CloudflareApiError)) throw error;
  if (error.errors.some(({ code }) => code === NO_ZERO_TRUST)) {
    throw new ActionError(
      'The account has no Zero Trust organization: nobody could sign in once the connector is enabled.',
      { hint: error.hint, cause: error },
    );
  }
  if (error.status !== 403) throw error;
  throw new ActionError(
    `Preflight cannot read whether the account has an identity provider. ${error.message}`,
    {
      hint: `${error.hint ?? ''} If you are sure that there is one, set preflight: false.`.trimStart(),
      cause: error,
    },
  );
}
