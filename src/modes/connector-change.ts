import { isNotFound } from '../cloudflare/not-found.ts';
import {
  isBegun,
  isMadeBy,
  type SsoConnectorChange,
  type SsoConnectors,
} from '../cloudflare/sso-connectors.ts';
import type { SsoConnector } from '../domain/connector.ts';
import type { ConnectorChange } from '../domain/email-domain.ts';

/** A PATCH, and the look that tells whether one without an answer was carried out. */
export function patch(
  ssoConnectors: Pick<SsoConnectors, 'change' | 'getIfThere'>,
  connectorId: string,
  change: SsoConnectorChange,
): ConnectorChange {
  return {
    send: async () => ({ connector: await ssoConnectors.change(connectorId, change) }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: isMadeBy(change),
    isGone: isNotFound,
  };
}

/** Has Cloudflare poll for the TXT record. The answer is empty: what it means is that verification is pending. */
export function begin(
  ssoConnectors: Pick<SsoConnectors, 'beginVerification' | 'getIfThere'>,
  connector: SsoConnector,
): ConnectorChange {
  return {
    send: async () => {
      await ssoConnectors.beginVerification(connector.id);
      return { connector: { ...connector, verificationStatus: 'pending' } };
    },
    look: () => ssoConnectors.getIfThere(connector.id),
    isDone: isBegun,
    isGone: isNotFound,
  };
}

/** Deletes it, whoever is first. */
export function remove(
  ssoConnectors: Pick<SsoConnectors, 'delete' | 'getIfThere'>,
  connectorId: string,
): ConnectorChange {
  return {
    send: async () => ({ connector: undefined, isOurs: await ssoConnectors.delete(connectorId) }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: (seen) => seen === undefined,
  };
}
