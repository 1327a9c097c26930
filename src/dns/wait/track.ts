import type { Observation } from '../observation/observation.ts';

/** What a wait remembers about one server. Times are milliseconds since the epoch. */
export interface Track {
  readonly label: string;
  observation: Observation | undefined;
  answeredAtMs: number | undefined;
  presentSinceMs: number | undefined;
  /** The record was seen twice, far enough apart. */
  confirmed: boolean;
  askedAtMs: number;
  /** Infinite when nothing is planned. */
  nextAskAtMs: number;
  inFlight: boolean;
  /** Replies in a row without the record. */
  misses: number;
  /** Unusable replies in a row. */
  failures: number;
}

/** A resolver answers from a cache, so what it says has an expiry; an authoritative server's {@link Track} has none. */
export interface ResolverTrack extends Track {
  expiresAtMs: number | undefined;
}

/** The backends of an anycast address have their own caches; some expire before the TTL that another one gave. */
const PROBE_PAUSES_MS = [5000, 10_000, 20_000, 40_000, 60_000] as const;
const LAST_PROBE_PAUSE_MS = 60_000;
/** A TTL counts down in whole seconds, and the entry may live through the last of them. */
const EXPIRY_SLACK_MS = 200;
const MIN_RESOLVER_PAUSE_MS = 1000;

/** An authoritative server that is first asked at `nextAskAtMs`. */
export function newTrack(label: string, nextAskAtMs: number): Track {
  return {
    label,
    observation: undefined,
    answeredAtMs: undefined,
    presentSinceMs: undefined,
    confirmed: false,
    askedAtMs: 0,
    nextAskAtMs,
    inFlight: false,
    misses: 0,
    failures: 0,
  };
}

/** A resolver that must not be asked yet. */
export function newResolverTrack(label: string): ResolverTrack {
  return { ...newTrack(label, Number.POSITIVE_INFINITY), expiresAtMs: undefined };
}

/** Whether the server has not been asked and is not about to be. */
export function isUntouched(track: Track): boolean {
  return track.observation === undefined && !track.inFlight && track.nextAskAtMs === Number.POSITIVE_INFINITY;
}

/** Whether this machine has no route to the server. */
export function isUnreachable(track: Track): boolean {
  return track.observation?.kind === 'unusable' && track.observation.why === 'unreachable';
}

/** When the cache entry behind an answer without the record expires; `undefined` when the answer gave no TTL. */
export function cacheExpiry(observation: Observation, nowMs: number): number | undefined {
  const ttlS = observation.kind === 'absent' ? observation.ttlS : undefined;
  return ttlS === undefined ? undefined : nowMs + ttlS * 1000;
}

/** When to ask a resolver without the record again. */
export function resolverAskAt(track: ResolverTrack, nowMs: number): number {
  const probeMs = nowMs + (PROBE_PAUSES_MS[track.misses - 1] ?? LAST_PROBE_PAUSE_MS);
  const expiryMs = (track.expiresAtMs ?? Number.POSITIVE_INFINITY) + EXPIRY_SLACK_MS;
  return Math.max(nowMs + MIN_RESOLVER_PAUSE_MS, Math.min(probeMs, expiryMs));
}
