import { exchange, joinedText } from '../dns/client.ts';
import type { ConnectorStore } from './connector-store.ts';

/** Options of {@link startVerification}. */
export interface VerificationOptions {
  readonly store: ConnectorStore;
  /** The authoritative server to ask, `address:port`. */
  readonly dnsAddress: string;
  readonly now: () => number;
  /** Default 250. */
  readonly pollIntervalMs?: number | undefined;
  /** Default two days. */
  readonly windowMs?: number | undefined;
}

/** Cloudflare's polling for the TXT records of pending connectors. */
export interface Verification {
  /** Makes a connector pending and starts polling; a verified one stays verified. */
  begin(accountId: string, connectorId: string): void;
  /** Looks for the TXT records of all pending connectors now. */
  poll(): Promise<void>;
  /** Stops polling. */
  stop(): void;
}

interface Search {
  readonly accountId: string;
  readonly connectorId: string;
  readonly endsAtMs: number;
}

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

/** Starts polling, as Cloudflare does for up to two days after a verification has begun. */
export function startVerification(options: VerificationOptions): Verification {
  const { store, dnsAddress, now, pollIntervalMs = 250, windowMs = TWO_DAYS_MS } = options;
  const searches = new Map<string, Search>();
  const stopping = new AbortController();

  const isPublished = async (emailDomain: string, code: string): Promise<boolean> => {
    const question = { server: dnsAddress, name: emailDomain, type: 'TXT', signal: stopping.signal } as const;
    // No answer proves nothing: the connector stays pending.
    const packet = await exchange(question).catch(() => undefined);
    return packet?.answers?.some((record) => joinedText(record) === code) ?? false;
  };

  const look = async (search: Search): Promise<void> => {
    const { accountId, connectorId, endsAtMs } = search;
    const find = () => store.list(accountId).find(({ id }) => id === connectorId);
    const connector = find();
    const isFound = connector && (await isPublished(connector.email_domain, connector.verification.code));
    // Meanwhile the connector may have been deleted, set to another status, or restarted.
    if (searches.get(connectorId) !== search) return;
    if (find()?.verification.status !== 'pending') searches.delete(connectorId);
    else if (isFound || now() >= endsAtMs) {
      searches.delete(connectorId);
      store.setStatus(accountId, connectorId, isFound ? 'verified' : 'failed');
    }
  };

  const poll = async (): Promise<void> => {
    await Promise.all(searches.values().map(look));
  };
  let isPolling = false;
  const takeTurn = async (): Promise<void> => {
    // Queries to a slow server must not pile up.
    if (isPolling) return;
    isPolling = true;
    await poll();
    isPolling = false;
  };
  const timer = setInterval(takeTurn, pollIntervalMs).unref();

  return {
    begin: (accountId, connectorId) => {
      if (store.get(accountId, connectorId).verification.status === 'verified') return;
      store.setStatus(accountId, connectorId, 'pending');
      searches.set(connectorId, { accountId, connectorId, endsAtMs: now() + windowMs });
    },
    poll,
    stop: () => {
      clearInterval(timer);
      searches.clear();
      stopping.abort();
    },
  };
}
