import type { ResolverSpec, SocketAddress } from './dns-server.ts';
import type { ModeName } from './mode-names.ts';
import type { PreflightPolicy } from './preflight.ts';
import type { RecordFormatName } from './sso-record.ts';

/** Where and as whom Cloudflare's API is called. */
export interface Account {
  readonly accountId: string;
  readonly apiToken: string;
}

/** Which servers are asked. */
export interface DnsSettings {
  readonly resolvers: readonly ResolverSpec[];
  /** How many of `resolvers` must see the record. */
  readonly quorum: number;
  readonly authoritativeServers: 'auto' | 'off' | readonly SocketAddress[];
}

/** How modes that wait do so. */
export interface WaitSettings {
  /** For each mode that waits; `0` looks once. */
  readonly timeoutMs: number;
  /** The longest pause between two looks. */
  readonly pollIntervalMs: number;
  readonly onTimeout: 'fail' | 'continue';
}

/** How the TXT record is written for the DNS tool that owns the zone. */
export interface RecordSettings {
  readonly format: RecordFormatName;
  /** In the workspace; `undefined` only renders. */
  readonly file: string | undefined;
  /** The zone of the file, as given and perhaps with a placeholder; `undefined` leaves it to the file and its name. */
  readonly zone?: string | undefined;
}

/** What mode check expects. */
export interface CheckSettings {
  readonly expectEnabled: boolean;
  readonly failOnDrift: boolean;
  /** Where the drift issue is kept; `undefined` keeps none. */
  readonly issue: { readonly githubToken: string } | undefined;
}

/** The validated action inputs: what the run is asked to do. */
export interface Settings {
  readonly modes: readonly ModeName[];
  /** Absent only when no mode needs Cloudflare's API. */
  readonly account: Account | undefined;
  /** A-labels, lower case, each once. Empty only if `connectorId` is given. */
  readonly emailDomains: readonly string[];
  readonly connectorId: string | undefined;
  readonly verificationCode: string | undefined;
  readonly beginVerification: boolean;
  /** `undefined` leaves it unchanged. */
  readonly useFedrampLanguage: boolean | undefined;
  readonly dns: DnsSettings;
  readonly wait: WaitSettings;
  readonly preflight: PreflightPolicy;
  /** How long enable waits for a first sign-in, in milliseconds, before it takes itself back; `undefined` does not wait. */
  readonly confirmWithinMs: number | undefined;
  readonly record: RecordSettings | undefined;
  readonly check: CheckSettings;
  readonly dryRun: boolean;
  /** Without a trailing slash. */
  readonly apiUrl: string;
  /** What the person who wrote the workflow should know about the inputs. */
  readonly notices: readonly string[];
  /** The folder for files, absolute. */
  readonly workspace: string;
}
