import { type Clock, systemClock } from './clock.ts';
import { Access } from './cloudflare/access.ts';
import { CloudflareClient } from './cloudflare/client.ts';
import { SsoConnectors } from './cloudflare/sso-connectors.ts';
import { Transport } from './cloudflare/transport.ts';
import { createDnsClient } from './dns/client.ts';
import { createRecordWatch, type RecordWatch } from './dns/record-watch.ts';
import { systemNameServers } from './dns/system-resolver.ts';
import { InputError } from './errors.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** Cloudflare's API, by what it is asked for. */
export interface CloudflareApi {
  readonly ssoConnectors: Pick<SsoConnectors, 'find' | 'get' | 'create' | 'change' | 'beginVerification'>;
  readonly access: Pick<Access, 'identityProviders'>;
}

/** Everything outside the process that a mode works with; tests put fakes in. */
export interface Services {
  /** `undefined` without credentials. */
  readonly api: CloudflareApi | undefined;
  readonly dns: RecordWatch;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the runner stops the step. */
  readonly signal: AbortSignal;
}

/** The services of a run, and how to let go of what they hold open. */
export interface OpenServices extends Services {
  close(): void;
}

/** The real ones, as the settings want them. */
export function createServices(settings: Settings, log: Log, signal: AbortSignal): OpenServices {
  const clock = systemClock;
  const dns = createRecordWatch(settings.dns, {
    client: createDnsClient(),
    clock,
    signal,
    systemNameServers,
  });
  const { account, apiUrl } = settings;
  if (account === undefined) return { api: undefined, dns, clock, log, signal, close: () => undefined };
  const transport = new Transport({ apiUrl, apiToken: account.apiToken });
  const client = new CloudflareClient(transport, { clock, log, signal });
  const api: CloudflareApi = {
    ssoConnectors: new SsoConnectors(client, account.accountId),
    access: new Access(client, account.accountId),
  };
  return { api, dns, clock, log, signal, close: () => transport.close() };
}

/** The API, for modes that cannot do without it. */
export function requireApi({ api }: Services): CloudflareApi {
  if (api !== undefined) return api;
  throw new InputError('This mode needs the Cloudflare API, and no credentials are given.', {
    hint: 'Give account-id and api-token.',
  });
}
