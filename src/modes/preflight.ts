import { CloudflareApiError } from '../cloudflare/api-error.ts';
import { ActionError } from '../domain/errors.ts';
import { requireApi, type Services } from './services.ts';

/** Enabling without an identity provider would lock everybody out, so an unknown list is refused as well. */
export async function requireIdentityProvider(services: Services): Promise<void> {
  const providers = await requireApi(services).access.identityProviders().catch(explainUnreadable);
  if (providers.length === 0) {
    throw new ActionError(
      'The account has no identity provider: nobody could sign in once the connector is enabled.',
      {
        hint: 'Add one in the dashboard under Zero Trust > Integrations > Identity providers, and test it there. preflight: false skips this check.',
      },
    );
  }
  const list = providers.map(({ name, type }) => `${name} (${type})`).join(', ');
  services.log.detail(`Identity providers: ${list}.`);
  if (providers.every(({ type }) => type === 'onetimepin')) {
    services.log.warning(
      'The only login method of the account is the one-time PIN, not an identity provider of your own.',
    );
  }
}

function explainUnreadable(error: unknown): never {
  if (!(error instanceof CloudflareApiError) || error.status !== 403) throw error;
  throw new ActionError(
    `Preflight cannot read whether the account has an identity provider. ${error.message}`,
    {
      hint: 'Give the API token the permission "Access: Organizations, Identity Providers, and Groups: Read". If you are sure that there is one, set preflight: false.',
      cause: error,
    },
  );
}
