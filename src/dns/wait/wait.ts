import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
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
import type { ServerState } from '../observation/server-state.ts';
import { Propagation, type Verdict, type WaitPlan } from './propagation.ts';

/** What a wait tells while it runs. */
export interface WaitListener {
  /** A server says something else than before. */
  changed(server: DnsServer, state: ServerState): void;
  /** From here on resolvers are asked. */
  askingResolvers(servers: readonly ServerState[]): void;
  /** A minute without any other word has passed. The wait goes on meanwhile; the signal ends with it. */
  stillWaiting(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<void>;
}

/** The end of a wait: how it ended, and what every server last said. */
export interface WaitResult {
  /** `referred` when the only answer is that other servers have the zone by now. */
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

const QUIET_MS = 60_000;
/** Among the pending questions; no server has such a label. */
const EXPLANATION = 'explanation';

/** The referral that all authoritative servers give, once none of them answers for the zone any more. */
function commonReferral(
  servers: readonly ServerEvidence[],
  name: string,
  zone: string | undefined,
): Referral | undefined {
  const authoritative = servers.filter(({ server }) => server.role === 'authoritative');
  if (authoritative.some(({ state }) => state.observation?.kind !== 'unusable')) return undefined;
  return authoritative
    .map(({ reply }) => referralOf(reply, name))
    .find((referral) => isDeeper(referral, zone));
}

/**
 * Carries out what {@link Propagation} decides, over real questions and time. Ends early when all authoritative
 * servers refer further down than `plan.zone`, where that is known.
 *
 * Rejects only with the reason of the signal.
 */
export async function waitForRecord(
  expected: ExpectedRecord,
  servers: ReadonlyMap<string, DnsServer>,
  plan: WaitPlan & { readonly zone?: string | undefined },
  listener: WaitListener,
  { client, clock, signal, random }: WaitServices,
): Promise<WaitResult> {
  const propagation = new Propagation(plan, random);
  const ended = linkedAbort(signal);
  const pending = new Map<string, Promise<void>>();
  const replies = new Map<string, Reply>();
  let [lastWordAtMs, phase] = [clock.now(), propagation.phase];

  async function look(label: string): Promise<void> {
    const server = servers.get(label);
    if (server === undefined) throw new RangeError(`no server of this wait is called ${label}`);
    const reply = await client.ask(server, { name: expected.name, type: 'TXT' }, ended.signal);
    const before = propagation.state(label);
    const observation = observe(reply, expected, server.role);
    propagation.observe(label, observation, clock.now());
    replies.set(label, reply);
    const after = propagation.state(label);
    pending.delete(label);
    if (!isSameWord(before.observation, after.observation)) {
      lastWordAtMs = clock.now();
      listener.changed(server, after);
    }
  }

  const evidence = (): readonly ServerEvidence[] =>
    propagation.servers.flatMap((state) => {
      const server = servers.get(state.label);
      return server === undefined ? [] : [{ server, state: { ...state }, reply: replies.get(state.label) }];
    });

  try {
    for (;;) {
      const step = propagation.next(clock.now());
      if (propagation.phase !== phase) {
        phase = propagation.phase;
        listener.askingResolvers(propagation.servers);
      }
      if (step.kind === 'finish') return { verdict: step.verdict, servers: evidence() };
      const referral = commonReferral(evidence(), expected.name, plan.zone);
      if (referral !== undefined) return { verdict: { reason: 'referred', referral }, servers: evidence() };
      if (step.kind === 'ask') {
        for (const label of step.labels) pending.set(label, look(label));
      } else {
        await untilReplyOr(Math.min(step.untilMs, lastWordAtMs + QUIET_MS), pending, {
          clock,
          signal: ended.signal,
        });
        if (clock.now() >= lastWordAtMs + QUIET_MS) {
          lastWordAtMs = clock.now();
          if (!pending.has(EXPLANATION)) {
            const explained = listener
              .stillWaiting(evidence(), ended.signal)
              .finally(() => pending.delete(EXPLANATION));
            pending.set(EXPLANATION, explained);
          }
        }
      }
    }
  } finally {
    ended[Symbol.dispose]();
    // They end with the abort just given; nobody is left to be told.
    await Promise.allSettled(pending.values());
  }
}

async function untilReplyOr(
  untilMs: number,
  pending: ReadonlyMap<string, Promise<void>>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  const wake = linkedAbort(signal);
  const sleep = clock.sleep(Math.max(0, untilMs - clock.now()), wake.signal);
  try {
    await Promise.race([sleep, ...pending.values()]);
  } finally {
    wake[Symbol.dispose]();
    await Promise.allSettled([sleep]);
  }
}

/** Whether a person would call it the same answer; TTLs count down all the time. */
function isSameWord(before: Observation | undefined, after: Observation | undefined): boolean {
  const word = (observation: Observation | undefined): string => {
    if (observation === undefined) return '';
    if (observation.kind === 'unusable') return `${observation.why} ${observation.detail}`;
    return JSON.stringify([observation.kind, observation.values.toSorted()]);
  };
  return word(before) === word(after);
}
