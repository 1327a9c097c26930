import { CloudflareApiError } from '../cloudflare/api-error.ts';
import type { SsoApp, SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, RequestError } from '../domain/errors.ts';
import { patch } from './connector-change.ts';
import { requireApi, type Services } from './services.ts';

/**
 * Enables a verified connector.
 *
 * @throws {ActionError} if Cloudflare refuses, does not answer, or does not do it
 */
export async function switchOn(
  domain: EmailDomain,
  { id, emailDomain }: SsoConnector,
  services: Services,
): Promise<void> {
  const { log } = services;
  const { ssoConnectors } = requireApi(services);
  log.info(
    `Enabling the connector: from now on every user of ${emailDomain}, in every Cloudflare account, must sign in through the identity provider.`,
  );
  await domain.changeConnector(patch(ssoConnectors, id, { enabled: true })).catch(explainRefusal);
  // The answer shows the connector as it is now; only if it is not enabled is it worth another look.
  if (!domain.connector?.enabled) domain.see(await ssoConnectors.get(id));
  if (!domain.connector?.enabled) {
    throw new ActionError(
      `Cloudflare accepted the request to enable connector ${id}, but it is not enabled.`,
      {
        hint: 'Run again. If it stays disabled, the domain may be enabled in another account; Cloudflare support can tell.',
      },
    );
  }
  log.info(
    `SSO connector ${id} for ${emailDomain} is enabled. To get back in: disable connector ${id} with an API token that you can use without the dashboard.`,
  );
}

/** Answers that are about this domain, not about the token or the connection. */
const REFUSALS: ReadonlySet<number> = new Set([400, 409, 422]);

function explainRefusal(error: unknown): never {
  if (!(error instanceof CloudflareApiError) || !REFUSALS.has(error.status)) throw error;
  throw new ActionError(`Cloudflare refuses to enable the connector. ${error.message}`, {
    hint: 'Only one account can have the domain enabled. If another account of yours does, disable it there first: run mode disable with its connector-id, account-id and API token. Otherwise see what Cloudflare says above.',
    cause: error,
  });
}

/**
 * The Access application of the dashboard. Cloudflare makes it when the first connector of the account is enabled: if
 * preflight saw it, for another email domain, it need not be read again.
 */
export async function ssoAppByNow(services: Services): Promise<SsoApp | undefined> {
  const { access } = requireApi(services);
  return (await access.ssoApp()) ?? (await access.ssoApp(services.clock.now()));
}

/** Good to know; not knowing does not fail an enabled connector. */
export async function nameSsoApp(domain: EmailDomain, services: Services): Promise<void> {
  const { log } = services;
  try {
    domain.ssoApp = await ssoAppByNow(services);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    log.info(`The dashboard's Access application could not be looked up. ${error.message}`);
    return;
  }
  if (domain.ssoApp === undefined)
    log.info("The dashboard's Access application (type dash_sso) does not exist yet.");
  else
    log.ofAccount(
      'info',
      `The policies of the Access application ${domain.ssoApp.name} (${domain.ssoApp.id}) decide who may sign in.`,
    );
}
