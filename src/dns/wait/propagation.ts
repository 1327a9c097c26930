import type { Observation } from '../observation/observation.ts';
import type { ServerState } from '../observation/server-state.ts';
import {
  cacheExpiry,
  hasIt,
  isUnreachable,
  isUntouched,
  newResolverTrack,
  newTrack,
  noteObservation,
  type ResolverTrack,
  resolverAskAt,
  SIGHTING_GAP_MS,
  stateOf,
  type Track,
  wasSeen,
} from './track.ts';

/** What a wait must achieve. Servers are known by their labels; times are milliseconds since the epoch. */
export interface WaitPlan {
  /** When empty, the resolvers alone decide, and one of them is asked before the others. */
  readonly authoritative: readonly string[];
  readonly resolvers: readonly string[];
  /** Resolvers that must be part of the quorum. */
  readonly required: readonly string[];
  /** How many resolvers must have the record. */
  readonly quorum: number;
  readonly startedAtMs: number;
  /** `0` looks once. */
  readonly timeoutMs: number;
  /** The longest pause between two looks at the authoritative servers. */
  readonly pollIntervalMs: number;
}

/** What to do next. */
export type Move =
  | { readonly kind: 'ask'; readonly labels: readonly string[] }
  /** Wait for a reply, at most until the given time; then call `next` again. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'finish'; readonly verdict: Verdict };

/** How a wait ended. */
export interface Verdict {
  readonly reason: 'visible' | 'timed-out' | 'not-in-time';
  /** At least half of the authoritative servers confirmed the record before the resolvers were asked for it. */
  readonly authoritative: boolean;
  /** With `not-in-time`: when enough caches will have expired. */
  readonly expectedAtMs?: number;
}

const FIRST_PAUSE_MS = 1000;
const PAUSE_GROWTH = 1.5;
const PAUSE_JITTER = 0.2;
/** One failed exchange may be a lost packet; after two, over every transport, the server counts as dead. */
const FAILURES_OF_A_DEAD_SERVER = 2;
/** While only resolvers can tell, whether the authoritative servers are back is looked up this often. */
const RETURN_PAUSE_MS = 60_000;

/**
 * Decides which server to ask and when. First the authoritative servers, until all that respond have the record; only
 * then the resolvers, because asking them too early fills their caches with the old answer.
 *
 * Does no I/O and reads no clock. Call {@link next} with the time, do what it says, and pass every reply to
 * {@link noteReply}.
 */
export class Propagation {
  readonly #plan: WaitPlan;
  readonly #random: () => number;
  readonly #deadlineMs: number;
  readonly #oneLook: boolean;
  readonly #authoritative: readonly Track[];
  readonly #resolvers: readonly ResolverTrack[];
  readonly #tracks: ReadonlyMap<string, Track>;
  #phase: 'authoritative' | 'canary' | 'resolvers';
  #confirmedByAuthority = false;
  #pauseMs = FIRST_PAUSE_MS;
  #nextRoundAtMs: number;

  constructor(plan: WaitPlan, random: () => number = Math.random) {
    this.#plan = plan;
    this.#random = random;
    this.#oneLook = plan.timeoutMs === 0;
    this.#deadlineMs = plan.startedAtMs + plan.timeoutMs;
    this.#nextRoundAtMs = plan.startedAtMs;
    this.#authoritative = plan.authoritative.map((label) => newTrack(label, plan.startedAtMs));
    // Asking the canary may cache the old answer there. A required resolver comes last: no quorum forms without it.
    const isRequired = (label: string): number => (plan.required.includes(label) ? 1 : 0);
    this.#resolvers = plan.resolvers
      .toSorted((a, b) => isRequired(a) - isRequired(b))
      .map((label) => newResolverTrack(label));
    this.#tracks = new Map([...this.#authoritative, ...this.#resolvers].map((track) => [track.label, track]));
    this.#phase = 'authoritative';
  }

  /** The latest state of every server, authoritative servers first. */
  get servers(): readonly ServerState[] {
    return [...this.#tracks.values()].map(stateOf);
  }

  /** The latest state of one server. */
  state(label: string): ServerState {
    return stateOf(this.#track(label));
  }

  /** `authoritative` as long as resolvers must not be asked. */
  get phase(): 'authoritative' | 'resolvers' {
    return this.#phase === 'authoritative' ? 'authoritative' : 'resolvers';
  }

  /** Whether the authoritative servers have the record, so that the wait need not look for others. */
  get isConfirmedByAuthority(): boolean {
    return this.#confirmedByAuthority;
  }

  /** The next thing to do at `nowMs`. */
  next(nowMs: number): Move {
    if (this.#phase !== 'resolvers') this.#followAuthority(nowMs);
    if (this.#phase === 'canary') this.#advanceCanary(nowMs);
    const verdict = this.#verdict(nowMs);
    if (verdict !== undefined) return { kind: 'finish', verdict };
    const active = this.#active();
    const due = active.filter((track) => !track.inFlight && track.nextAskAtMs <= nowMs);
    if (due.length > 0) return this.#ask(due, nowMs);
    const wakeUps = active.filter((track) => !track.inFlight).map((track) => track.nextAskAtMs);
    return { kind: 'wait', untilMs: Math.min(...wakeUps) };
  }

  /** Records what the reply of an asked server said. Only what a resolver has from its cache expires. */
  noteReply(label: string, observation: Observation, nowMs: number, isFromCache = true): void {
    const track = this.#track(label);
    const resolver = this.#resolvers.find((one) => one === track);
    const isFirstSighting = observation.kind === 'present' && !wasSeen(track);
    noteObservation(track, observation, nowMs);
    if (this.#oneLook) track.confirmed = hasIt(observation);
    if (resolver !== undefined)
      resolver.expiresAtMs = isFromCache ? cacheExpiry(observation, nowMs) : undefined;
    if (isFirstSighting) this.#lookAgainSoon(nowMs);
    const roundMs = this.#phase === 'canary' ? nowMs + RETURN_PAUSE_MS : this.#nextRoundAtMs;
    const nextMs = resolver === undefined ? roundMs : resolverAskAt(resolver, nowMs);
    track.nextAskAtMs = this.#withinDeadline(nextMs, nowMs);
  }

  #track(label: string): Track {
    const track = this.#tracks.get(label);
    if (track === undefined) throw new RangeError(`no server of this wait is called ${label}`);
    return track;
  }

  /** The record has appeared somewhere, so publication is under way: start again with short pauses. */
  #lookAgainSoon(nowMs: number): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#nextRoundAtMs = nowMs + SIGHTING_GAP_MS;
    this.#askAuthorityWithin(SIGHTING_GAP_MS, nowMs);
  }

  #askAuthorityWithin(pauseMs: number, nowMs: number): void {
    for (const track of this.#authoritative) {
      if (Number.isFinite(track.nextAskAtMs))
        track.nextAskAtMs = this.#withinDeadline(Math.min(track.nextAskAtMs, nowMs + pauseMs), nowMs);
    }
  }

  #ask(due: readonly Track[], nowMs: number): Move {
    for (const track of due) {
      track.inFlight = true;
      track.askedAtMs = nowMs;
    }
    if (this.#phase === 'authoritative' && nowMs >= this.#nextRoundAtMs) {
      this.#nextRoundAtMs = nowMs + this.#pauseMs * (1 - PAUSE_JITTER * this.#random());
      this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, this.#plan.pollIntervalMs);
    }
    return { kind: 'ask', labels: due.map((track) => track.label) };
  }

  #active(): readonly Track[] {
    if (this.#phase === 'authoritative') return this.#authoritative;
    const resolvers = this.#resolvers.filter((track) => track.observation?.kind !== 'present');
    return this.#phase === 'canary' ? [...this.#authoritative, ...resolvers] : resolvers;
  }

  /** Takes the phase that fits what the authoritative servers say. */
  #followAuthority(nowMs: number): void {
    // Ignore addresses that this machine has no route to.
    const servers = this.#authoritative.filter((track) => !isUnreachable(track));
    const responsive = servers.filter((track) => track.failures === 0 && track.observation !== undefined);
    const patience = this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER;
    const othersHave = (failures: number): boolean =>
      servers.every((track) => responsive.includes(track) || track.failures >= failures);
    const isUnanimous = responsive.every((track) => track.confirmed);
    if (isUnanimous && responsive.length > 0 && othersHave(1) && responsive.length * 2 >= servers.length) {
      this.#confirmedByAuthority = true;
      this.#phase = 'resolvers';
      for (const track of this.#resolvers) this.#askSoon(track, nowMs);
    } else if (isUnanimous && othersHave(patience)) {
      // Too few authoritative servers answer to be sure. Risk one resolver's cache, not all of them.
      this.#phase = 'canary';
    } else {
      // They may be back: what the canaries know now must not be renewed before they have the record.
      if (this.#phase === 'canary') this.#askAuthorityWithin(FIRST_PAUSE_MS, nowMs);
      this.#phase = 'authoritative';
    }
  }

  #advanceCanary(nowMs: number): void {
    if (this.#resolvers.some((track) => track.observation?.kind === 'present')) {
      this.#phase = 'resolvers';
      for (const track of this.#resolvers.filter(isUntouched)) this.#askSoon(track, nowMs);
      return;
    }
    const touched = this.#resolvers.filter((track) => !isUntouched(track));
    if (touched.some((track) => track.failures < (this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER))) return;
    // The canaries so far gave no usable answer: try the next resolver.
    const next = this.#resolvers.find(isUntouched);
    if (next !== undefined) this.#askSoon(next, nowMs);
  }

  #verdict(nowMs: number): Verdict | undefined {
    const authoritative = this.#confirmedByAuthority;
    if (this.#phase !== 'authoritative') {
      if (this.#hasQuorum((track) => track.observation?.kind === 'present'))
        return { reason: 'visible', authoritative };
      if (!this.#oneLook && !this.#hasQuorum((track) => this.#canHaveItInTime(track))) {
        return { reason: 'not-in-time', authoritative, expectedAtMs: this.#expectedAtMs(nowMs) };
      }
    }
    const canGoOn = this.#active().some((track) => track.inFlight || Number.isFinite(track.nextAskAtMs));
    return canGoOn ? undefined : { reason: 'timed-out', authoritative };
  }

  /** Enough resolvers, including the required ones; at least two, since one may be a stray backend. */
  #hasQuorum(holds: (track: ResolverTrack) => boolean): boolean {
    const holding = this.#resolvers.filter(holds);
    const needed = Math.max(this.#plan.quorum, Math.min(2, this.#resolvers.length));
    const required = this.#plan.required.every((label) => holding.some((track) => track.label === label));
    return required && holding.length >= needed;
  }

  #canHaveItInTime(track: ResolverTrack): boolean {
    return track.expiresAtMs === undefined || track.expiresAtMs <= this.#deadlineMs;
  }

  /** When enough of the caches have expired for a quorum. */
  #expectedAtMs(nowMs: number): number {
    const expiries = this.#resolvers.map((track) => track.expiresAtMs ?? nowMs).toSorted((a, b) => a - b);
    const isEnough = (atMs: number) => this.#hasQuorum((track) => (track.expiresAtMs ?? nowMs) <= atMs);
    return expiries.find(isEnough) ?? nowMs;
  }

  #askSoon(track: Track, nowMs: number): void {
    track.nextAskAtMs = this.#oneLook || nowMs < this.#deadlineMs ? nowMs : Number.POSITIVE_INFINITY;
  }

  /** Moves a question from after the deadline to the deadline; once that has passed, nothing is asked. */
  #withinDeadline(atMs: number, nowMs: number): number {
    return nowMs >= this.#deadlineMs ? Number.POSITIVE_INFINITY : Math.min(atMs, this.#deadlineMs);
  }
}
