import type { Clock } from '../../time/clock.ts';
import { type LinkedAbort, linkedAbort } from '../../time/linked-abort.ts';
import { untilAborted } from '../../time/until-aborted.ts';
import type { DnsClient, Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import { type ExpectedRecord, observe } from '../observation/observation.ts';
import { CnameWay, type Detour, type Way } from './cname-way.ts';
import { type Move, Propagation, type Verdict, type WaitPlan } from './propagation.ts';
import { ToldAnswers } from './told-answers.ts';

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
  readonly verdict: Verdict | Detour;
  readonly servers: readonly ServerEvidence[];
}

/** What a wait works with. */
export interface WaitServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random?: () => number;
  /** Asked now and then as long as no authoritative servers have confirmed the record. */
  haveServersMoved?(): Promise<boolean>;
}

/** A {@link WaitPlan}, and which authoritative servers are asked about which name. */
export type WaitPlanByName = WaitPlan & Way;

/** Answers that arrive this soon after each other are reported together. */
const GATHER_MS = 1000;
/** How long the log may be silent after a report: often at first, then every five minutes. */
const QUIET_PAUSES_MS = [60_000, 60_000, 60_000, 120_000] as const;
const LAST_QUIET_PAUSE_MS = 300_000;

/**
 * Carries out what {@link Propagation} decides, with real queries and real time. Ends early when all authoritative
 * servers refer to servers of a zone below theirs, or a CNAME leads to a name that `plan.links` does not have.
 *
 * Rejects only with the signal's reason.
 */
export function waitForRecord(
  expected: ExpectedRecord,
  servers: ReadonlyMap<string, DnsServer>,
  plan: WaitPlanByName,
  listener: WaitListener,
  services: WaitServices,
): Promise<WaitResult> {
  return new RecordWait(expected, servers, plan, listener, services).run();
}

/** One wait: asks, listens, reports. */
class RecordWait {
  readonly #expected: ExpectedRecord;
  readonly #servers: ReadonlyMap<string, DnsServer>;
  readonly #way: CnameWay;
  readonly #listener: WaitListener;
  readonly #client: DnsClient;
  readonly #clock: Clock;
  readonly #looksForMove: WaitServices['haveServersMoved'];
  readonly #propagation: Propagation;
  readonly #replies = new Map<string, Reply>();
  /** Queries and the explanation under way; none of them rejects. */
  readonly #pending = new Set<Promise<void>>();
  /** What one of them failed with: the wait fails with it. */
  #failure: { readonly reason: unknown } | undefined;
  /** Ends the pause under way. */
  #wake: LinkedAbort | undefined;
  readonly #ended: LinkedAbort;
  readonly #told = new ToldAnswers();
  /** When the first answer arrived that is not reported yet. */
  #changedAtMs = Number.POSITIVE_INFINITY;
  #questionsUnderWay = 0;
  #phase: Propagation['phase'];
  #lastReportAtMs: number;
  /** How often in a row there was nothing new to report. */
  #quietReports = 0;
  #isExplaining = false;
  #haveMoved = false;

  constructor(
    expected: ExpectedRecord,
    servers: ReadonlyMap<string, DnsServer>,
    plan: WaitPlanByName,
    listener: WaitListener,
    { client, clock, signal, random, haveServersMoved }: WaitServices,
  ) {
    this.#expected = expected;
    this.#servers = servers;
    this.#way = new CnameWay(plan);
    this.#listener = listener;
    this.#client = client;
    this.#clock = clock;
    this.#looksForMove = haveServersMoved;
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
    if (this.#haveMoved) return { reason: 'moved' };
    return this.#way.detour({
      state: (label) => this.#propagation.state(label),
      reply: (label) => this.#replies.get(label),
    });
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
    const link = this.#way.linkOf(label);
    const expected = { ...this.#expected, name: link?.name ?? this.#expected.name };
    const question = { name: expected.name, type: 'TXT' } as const;
    this.#questionsUnderWay += 1;
    const reply = await this.#client.ask(server, question, this.#ended.signal);
    this.#questionsUnderWay -= 1;
    const nowMs = this.#clock.now();
    const observation = this.#way.follow(label, observe(reply, expected, server.role, link?.zone));
    // What a resolver answers with AA=1 it has from a zone of its own (RFC 1035, section 4.1.1).
    const isFromCache = !reply.ok || !reply.message.authoritative;
    this.#propagation.noteReply(label, observation, nowMs, isFromCache);
    this.#replies.set(label, reply);
    if (this.#told.isDue(label, observation, nowMs)) this.#changedAtMs = Math.min(this.#changedAtMs, nowMs);
  }

  #reportChanges(): void {
    if (this.#changedAtMs === Number.POSITIVE_INFINITY) return;
    this.#changedAtMs = Number.POSITIVE_INFINITY;
    const nowMs = this.#clock.now();
    let isNews = false;
    const changed = this.#evidence().filter(({ state: { label, observation } }) => {
      if (observation === undefined || !this.#told.isDue(label, observation, nowMs)) return false;
      isNews ||= !this.#told.isStale(label, observation);
      this.#told.note(label, observation, nowMs);
      return true;
    });
    if (changed.length === 0) return;
    // An endless back and forth does not keep the wait from saying why it goes on.
    if (isNews) {
      this.#lastReportAtMs = nowMs;
      this.#quietReports = 0;
    }
    this.#listener.changed(changed);
  }

  #reportPhase(): void {
    if (this.#propagation.phase === this.#phase) return;
    this.#reportChanges();
    this.#phase = this.#propagation.phase;
    if (this.#phase !== 'resolvers') return;
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
    this.#start(
      this.#explain().finally(() => {
        this.#isExplaining = false;
      }),
    );
  }

  async #explain(): Promise<void> {
    const { signal } = this.#ended;
    await this.#listener.stillWaiting(this.#evidence(), signal);
    if (this.#propagation.isConfirmedByAuthority || this.#looksForMove === undefined) return;
    this.#haveMoved = await untilAborted(this.#looksForMove(), signal);
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
