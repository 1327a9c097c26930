/** What a scenario of the small internet is made of. */
import type { DnsQuery } from '../../../sandbox/dns/message.ts';
import type { Meddling } from '../../../sandbox/dns/recorder.ts';

/** The verification code in every scenario. */
export const CODE = 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353';

/** The record as a zone file has it. */
export const RECORD = `TXT "${CODE}"`;

/** The authoritative servers, and the resolvers, by make. */
export type AuthorityMake = 'nsd' | 'named';
export type ResolverMake = 'bind' | 'unbound';

/** Addresses of a scenario's own, port 53; a recorder listens at each. */
export type At = Readonly<Record<AuthorityMake, string>>;

/** A zone, and who serves it. */
export interface PlannedZone {
  readonly origin: string;
  readonly servers: readonly AuthorityMake[];
  readonly records: readonly string[];
  /** Default: not signed. */
  readonly signatures?: 'valid' | 'expired';
}

/** Zone to the lines that are added to it; the zone may be a top-level domain. */
export type Additions = Readonly<Record<string, readonly string[]>>;

/** A resolver as the action sees it. */
export interface PlannedResolver extends Meddling {
  readonly make: ResolverMake;
}

/** A question that somebody has asked a resolver before the action starts. */
export interface EarlierQuestion {
  readonly resolver: ResolverMake;
  readonly name: string;
}

/** One email domain, its world, and what happens there. */
export interface Scenario {
  readonly domain: string;
  /** Registered domains at or below which no resolver is asked anything before publication. */
  readonly own: readonly string[];
  readonly zones?: readonly PlannedZone[];
  /** In the zones of top-level domains and of the like of `co.uk`. */
  readonly delegations?: Additions;
  /** What all of its authoritative servers do. */
  readonly authorities?: Meddling;
  /** What the servers of registries, by their number, answer about this scenario's domains; undefined: the truth. */
  readonly registries?: (query: DnsQuery, server: number) => Buffer | undefined;
  /** Default: BIND, then Unbound. */
  readonly resolvers?: readonly PlannedResolver[];
  /** Somebody asks a resolver for TXT records too early, and what changes only then. */
  readonly earlier?: { readonly questions: readonly EarlierQuestion[]; readonly additions?: Additions };
  /** Added while the action waits; without it nothing ever is. */
  readonly publication?: Additions;
  /** It happens once a registry's server has been asked about this name; default: once one of its own was asked for TXT. */
  readonly onceRegistryAsked?: string;
  /** In place of `wait-for-dns`: modes that read Cloudflare's API, where the email domain has an enabled connector. */
  readonly mode?: 'check' | 'create';
  /** Beside those that all have. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** What came of a scenario. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The registered domains of the scenario. */
  readonly own: readonly string[];
  /** What resolvers were asked before publication, `NAME TYPE` each; whatever they were asked, if there was none. */
  readonly early: readonly string[];
  /** What they were asked in all. */
  readonly asked: readonly string[];
  readonly hasPublished: boolean;
  readonly durationMs: number;
}
