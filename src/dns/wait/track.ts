import type { Observation, Unusable } from '../observation/observation.ts';
import type { ServerState } from '../observation/server-state.ts';

/** What a wait remembers about one server. Times are milliseconds since the epoch. */
export interface Track {
  readonly label: string;
  observation: Observation | undefined;
  answeredAtMs: number | undefined;
  presentSinceMs: number | undefined;
  /** The record was seen often enough in a row, at moments far enough apart. */
  confirmed: boolean;
  /** Sightings in a row that count towards `confirmed`, and when the last of them was. */
  sightings: number;
  sightingAtMs: number;
  /** Its last answer that said anything about the record. */
  lastSaid: 'present' | 'absent' | undefined;
  /** How often it has taken back that it has the record. */
  flips: number;
  /** It has sent a DNS message, whatever that said. */
  hasAnswered: boolean;
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

/** Two sightings at the same moment prove no more than one. */
export const SIGHTING_GAP_MS = 1000;
const SIGHTINGS_NEEDED = 2;
/** Of several machines behind one address some lack the record: a few sightings in a row may be chance. */
const SIGHTINGS_NEEDED_AFTER_FLIP = 4;

const MESSAGE_PROBLEMS: ReadonlySet<string> = new Set<Unusable>(['lame', 'failed', 'not-authoritative']);

/** An authoritative server that is first asked at `nextAskAtMs`. */
export function newTrack(label: string, nextAskAtMs: number): Track {
  return {
    label,
    observation: undefined,
    answeredAtMs: undefined,
    presentSinceMs: undefined,
    confirmed: false,
    sightings: 0,
    sightingAtMs: 0,
    lastSaid: undefined,
    flips: 0,
    hasAnswered: false,
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

/** Notes what a reply said. A reply that says nothing about the record ends a run of sightings, but takes none back. */
export function noteObservation(track: Track, observation: Observation, nowMs: number): void {
  const { kind } = observation;
  track.inFlight = false;
  track.observation = observation;
  track.answeredAtMs = nowMs;
  track.failures = kind === 'unusable' ? track.failures + 1 : 0;
  track.misses = hasIt(observation) ? 0 : track.misses + 1;
  if (kind !== 'unusable' || MESSAGE_PROBLEMS.has(observation.why)) track.hasAnswered = true;
  if (kind === 'absent' && track.lastSaid === 'present') track.flips += 1;
  if (kind !== 'unusable') track.lastSaid = hasIt(observation) ? 'present' : 'absent';
  if (hasIt(observation)) countSighting(track, nowMs);
  else Object.assign(track, { presentSinceMs: undefined, confirmed: false, sightings: 0 });
}

/** Whether the server has the record, or the CNAME on the way to it. */
export function hasIt({ kind }: Observation): boolean {
  return kind === 'present' || kind === 'alias';
}

function countSighting(track: Track, nowMs: number): void {
  track.presentSinceMs ??= nowMs;
  if (track.sightings > 0 && track.askedAtMs < track.sightingAtMs + SIGHTING_GAP_MS) return;
  track.sightings += 1;
  track.sightingAtMs = nowMs;
  track.confirmed = track.sightings >= (track.flips > 0 ? SIGHTINGS_NEEDED_AFTER_FLIP : SIGHTINGS_NEEDED);
}

/** Whether the server had the record before its last reply, even if it has taken that back since. */
export function wasSeen({ lastSaid, flips }: Track): boolean {
  return lastSaid === 'present' || flips > 0;
}

/** What others may know of the track. */
export function stateOf(track: Track): ServerState {
  const { flips, confirmed, lastSaid } = track;
  // Once is no proof: the record may have been withdrawn.
  return { ...track, saysBoth: !confirmed && (flips > 1 || (flips > 0 && lastSaid === 'present')) };
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
