import type { Observation } from '../observation/observation.ts';

/** What a wait keeps in mind about one server. */
export interface Track {
  readonly label: string;
  observation: Observation | undefined;
  answeredAtMs: number | undefined;
  presentSinceMs: number | undefined;
  expiresAtMs: number | undefined;
  /** Seen twice, far enough apart. */
  confirmed: boolean;
  askedAtMs: number;
  nextAskAtMs: number;
  inFlight: boolean;
  /** Replies in a row without the record. */
  misses: number;
  /** Unusable replies in a row. */
  failures: number;
}

/** Backends behind an anycast address expire on their own, some before the TTL that another one told. */
const PROBE_PAUSES_MS = [5000, 10_000, 20_000, 40_000, 60_000] as const;
const LAST_PROBE_PAUSE_MS = 60_000;
/** A TTL counts whole seconds down, and the record may live through the last of them. */
const EXPIRY_SLACK_MS = 200;
const MIN_RESOLVER_PAUSE_MS = 1000;

/** A server that has not been asked yet. */
export function newTrack(label: string, nextAskAtMs: number): Track {
  return {
    label,
    observation: undefined,
    answeredAtMs: undefined,
    presentSinceMs: undefined,
    expiresAtMs: undefined,
    confirmed: false,
    askedAtMs: 0,
    nextAskAtMs,
    inFlight: false,
    misses: 0,
    failures: 0,
  };
}

/** Whether nobody has thought of asking it so far. */
export function isUntouched(track: Track): boolean {
  return track.observation === undefined && !track.inFlight && track.nextAskAtMs === Number.POSITIVE_INFINITY;
}

/** Whether this machine has no route to it. */
export function isUnreachable(track: Track): boolean {
  return track.observation?.kind === 'unusable' && track.observation.why === 'unreachable';
}

/** When a resolver without the record is worth another question. */
export function resolverAskAt(track: Track, nowMs: number): number {
  const probeMs = nowMs + (PROBE_PAUSES_MS[track.misses - 1] ?? LAST_PROBE_PAUSE_MS);
  const expiryMs = (track.expiresAtMs ?? Number.POSITIVE_INFINITY) + EXPIRY_SLACK_MS;
  return Math.max(nowMs + MIN_RESOLVER_PAUSE_MS, Math.min(probeMs, expiryMs));
}
