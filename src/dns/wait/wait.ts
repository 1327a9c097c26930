import type { Clock } from '../../time/clock.ts';
import { type LinkedAbort, linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient, Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import {
  type ExpectedRecord,
  isDeeper,
  type Observation,
  observe,
  type Referral,
  referralOf,
} from '../observation/observation.ts';
import { type Move, Propagation, type Verdict, type WaitPlan } from './propagation.ts';

/** What a wait reports while it runs. */
export interface WaitListener {
  /** These servers say something other than before. */
  changed(servers: readonly ServerEvidence[]): void;
  /** Resolvers are asked from now on. */
  askingResolvers(resolvers: readonly DnsServer[]): void;
  /** Nothing has been reported for a while. The wait goes on meanwhile; the signal aborts when it ends. */
  stillWaiting(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<void>;
}

/** The end of a wait: how it ended, and the last answer of every server. */
export interface WaitResult {
  /** `referred` when the authoritative servers only refer to other servers. */
  readonly verdict: Verdict | { readonly reason: 'referred'; readonly referral: Referral };
  readonly servers: readonly ServerEvidence[];
}

/** What a wait works with. */
export interface WaitServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

/** A {@link WaitPlan}, and the zone that the authoritative servers serve, if it is known. */
export type WaitPlanInZone = WaitPlan & { readonly zone?: string | undefined };

/** Answers that arrive this soon after each other are reported together. */
const GATHER_MS = 1000;
/** How long the log may be silent after a report: often at first, then every five minutes. */
const QUIET_PAUSES_MS = [60_000, 60_000, 60_000, 120_000] as const;
const LAST_QUIET_PAUSE_MS = 300_000;

/**
 * Carries out what {@link Propagation} decides, with real queries and real time. Ends early when all authoritative
 * servers refer to servers of a zone below `plan.zone`.
 *
 * Rejects only with the signal's reason.
 */
export function waitForRecord(
  expected: ExpectedRecord,
  servers: ReadonlyMap<string, DnsServer>,
  plan: WaitPlanInZone,
  listener: WaitListener,
  services: WaitServices,
): Promise<WaitResult> {
  return new RecordWait(expected, servers, plan, listener, services).run();
}

/** One wait: asks, listens, reports. */
class RecordWait {
  readonly #expected: ExpectedRecord;
  readonly #servers: ReadonlyMap<string, DnsServer>;
  readonly #zone: string | undefined;
  readonly #listener: WaitListener;
  readonly #client: DnsClient;
  readonly #clock: Clock;
  readonly #propagation: Propagation;
  readonly #replies = new Map<string, Reply>();
  /** Queries and the explanation under way; none of them rejects. */
  readonly #pending = new Set<Promise<void>>();
  /** What one of them failed with: the wait fails with it. */
  #failure: { readonly reason: unknown } | undefined;
  /** Ends the pause under way. */
  #wake: LinkedAbort | undefined;
  readonly #ended: LinkedAbort;
  /** The last reported answer of each server, as {@link answerKey} gives it. */
  readonly #reported = new Map<string, string>();
  /** When the first answer arrived that is not reported yet. */
  #changedAtMs = Number.POSITIVE_INFINITY;
  #questionsUnderWay = 0;
  #phase: Propagation['phase'];
  #lastReportAtMs: number;
  /** How often in a row there was nothing new to report. */
  #quietReports = 0;
  #isExplaining = false;

  constructor(
    expected: ExpectedRecord,
    servers: ReadonlyMap<string, DnsServer>,
    plan: WaitPlanInZone,
    listener: WaitListener,
    { client, clock, signal, random }: WaitServices,
  ) {
    this.#expected = expected;
    this.#servers = servers;
    this.#zone = plan.zone;
    this.#listener = listener;
    this.#client = client;
    this.#clock = clock;
    this.#propagation = new Propagation(plan, random);
    this.#ended = linkedAbort(signal);
    this.#phase = this.#propagation.phase;
    this.#lastReportAtMs = clock.now();
  }

  async run(): Promise<WaitResult> {
    try {
      let verdict: WaitResult['verdict'] | undefined;
      while (verdict === undefined) verdict = await this.#advance();
      return { verdict, servers: this.#evidence() };
    } finally {
      this.#ended[Symbol.dispose]();
      // The abort ends them all; wait until they are gone.
      await Promise.allSettled(this.#pending);
    }
  }

  /** Takes the next move; returns the verdict when it was the last. */
  async #advance(): Promise<WaitResult['verdict'] | undefined> {
    const move = this.#propagation.next(this.#clock.now());
    const verdict = this.#verdictOf(move);
    if (verdict !== undefined || this.#questionsUnderWay === 0) this.#reportChanges();
    this.#reportPhase();
    if (verdict !== undefined || move.kind === 'finish') return verdict;
    if (move.kind === 'ask') {
      for (const label of move.labels) this.#start(this.#ask(label));
      return undefined;
    }
    const changesDueAtMs = this.#changedAtMs + GATHER_MS;
    await this.#untilReplyOr(Math.min(move.untilMs, changesDueAtMs, this.#nextReportAtMs()));
    if (this.#clock.now() >= changesDueAtMs) this.#reportChanges();
    if (this.#clock.now() >= this.#nextReportAtMs()) this.#reportQuiet();
    return undefined;
  }

  #verdictOf(move: Move): WaitResult['verdict'] | undefined {
    if (move.kind === 'finish') return move.verdict;
    const referral = this.#commonReferral();
    return referral === undefined ? undefined : { reason: 'referred', referral };
  }

  /** The referral that all authoritative servers give, when none of them answers for the zone itself. */
  #commonReferral(): Referral | undefined {
    const authoritative = this.#propagation.servers.filter(
      ({ label }) => this.#servers.get(label)?.role === 'authoritative',
    );
    if (authoritative.some(({ observation }) => observation?.kind !== 'unusable')) return undefined;
    return authoritative
      .map(({ label }) => referralOf(this.#replies.get(label), this.#expected.name))
      .find((referral) => isDeeper(referral, this.#zone));
  }

  #start(work: Promise<void>): void {
    const pending = work
      .catch((reason: unknown) => {
        this.#failure ??= { reason };
      })
      .then(() => {
        this.#pending.delete(pending);
        this.#wake?.[Symbol.dispose]();
      });
    this.#pending.add(pending);
  }

  async #ask(label: string): Promise<void> {
    const server = this.#servers.get(label);
    if (server === undefined) throw new RangeError(`no server of this wait is called ${label}`);
    const question = { name: this.#expected.name, type: 'TXT' } as const;
    this.#questionsUnderWay += 1;
    const reply = await this.#client.ask(server, question, this.#ended.signal);
    this.#questionsUnderWay -= 1;
    const nowMs = this.#clock.now();
    const observation = observe(reply, this.#expected, server.role);
    this.#propagation.noteReply(label, observation, nowMs);
    this.#replies.set(label, reply);
    if (answerKey(observation) !== this.#reported.get(label))
      this.#changedAtMs = Math.min(this.#changedAtMs, nowMs);
  }

  #reportChanges(): void {
    if (this.#changedAtMs === Number.POSITIVE_INFINITY) return;
    this.#changedAtMs = Number.POSITIVE_INFINITY;
    const changed = this.#evidence().filter(({ state: { label, observation } }) => {
      const isNew = observation !== undefined && answerKey(observation) !== this.#reported.get(label);
      if (isNew) this.#reported.set(label, answerKey(observation));
      return isNew;
    });
    if (changed.length === 0) return;
    this.#lastReportAtMs = this.#clock.now();
    this.#quietReports = 0;
    this.#listener.changed(changed);
  }

  #reportPhase(): void {
    if (this.#propagation.phase === this.#phase) return;
    this.#reportChanges();
    this.#phase = this.#propagation.phase;
    const resolvers = [...this.#servers.values()].filter(({ role }) => role === 'resolver');
    this.#listener.askingResolvers(resolvers);
  }

  #nextReportAtMs(): number {
    return this.#lastReportAtMs + (QUIET_PAUSES_MS[this.#quietReports] ?? LAST_QUIET_PAUSE_MS);
  }

  #reportQuiet(): void {
    this.#lastReportAtMs = this.#clock.now();
    this.#quietReports += 1;
    if (this.#isExplaining) return;
    this.#isExplaining = true;
    const explained = this.#listener.stillWaiting(this.#evidence(), this.#ended.signal);
    this.#start(
      explained.then(() => {
        this.#isExplaining = false;
      }),
    );
  }

  /** One wake-up per pause: a race would leave something at every query under way, each time. */
  async #untilReplyOr(untilMs: number): Promise<void> {
    this.#wake = linkedAbort(this.#ended.signal);
    await Promise.allSettled([
      this.#clock.sleep(Math.max(0, untilMs - this.#clock.now()), this.#wake.signal),
    ]);
    this.#wake[Symbol.dispose]();
    this.#ended.signal.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  #evidence(): readonly ServerEvidence[] {
    return this.#propagation.servers.flatMap((state) => {
      const server = this.#servers.get(state.label);
      const reply = this.#replies.get(state.label);
      return server === undefined ? [] : [{ server, state: { ...state }, reply }];
    });
  }
}

/** Equal for answers that say the same to a person. TTLs do not count: they change all the time. */
function answerKey(observation: Observation): string {
  if (observation.kind === 'unusable') return `${observation.why} ${observation.detail}`;
  return JSON.stringify([observation.kind, observation.values.toSorted()]);
}
