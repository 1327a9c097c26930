import type { ResolverSpec, SocketAddress } from './dns/servers.ts';
import type { ModeName } from './modes/names.ts';

/** Where and as whom Cloudflare's API is called. */
export interface Account {
  readonly accountId: string;
  readonly apiToken: string;
}

/** How DNS is asked and for how long. */
export interface DnsSettings {
  readonly resolvers: readonly ResolverSpec[];
  /** How many of `resolvers` must see the record. */
  readonly quorum: number;
  readonly authoritativeServers: 'auto' | 'off' | readonly SocketAddress[];
}

/** How modes that wait do so. */
export interface WaitSettings {
  /** Per mode that waits; `0` looks once. */
  readonly timeoutMs: number;
  /** The longest pause between two looks. */
  readonly pollIntervalMs: number;
  readonly onTimeout: 'fail' | 'continue';
}

/** The action inputs after validation: what the run has been asked to do. */
export interface Settings {
  readonly modes: readonly ModeName[];
  /** Absent only when no mode needs Cloudflare's API. */
  readonly account: Account | undefined;
  /** A-labels, lower case, each once. May be empty only when `connectorId` is given. */
  readonly emailDomains: readonly string[];
  readonly connectorId: string | undefined;
  readonly verificationCode: string | undefined;
  readonly beginVerification: boolean;
  /** `undefined` leaves it as it is. */
  readonly useFedrampLanguage: boolean | undefined;
  readonly dns: DnsSettings;
  readonly wait: WaitSettings;
  /** Refuse to enable when the account has no identity provider. */
  readonly preflight: boolean;
  readonly dryRun: boolean;
  /** Without a trailing slash. */
  readonly apiUrl: string;
}
