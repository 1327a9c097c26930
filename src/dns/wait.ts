import type { Clock } from '../clock.ts';
import type { DnsClient, Reply } from './client.ts';
import type { ServerEvidence } from './diagnosis/evidence.ts';
import { type ExpectedRecord, type Observation, observe, type Referral, referralOf } from './observation.ts';
import { Propagation, type ServerState, type Verdict, type WaitPlan } from './propagation.ts';
import type { DnsServer } from './servers.ts';

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

interface Heard {
  readonly reply: Reply;
  readonly kinds: ReadonlySet<Observation['kind']>;
}

function evidenceOf(server: DnsServer, state: ServerState, heard: Heard | undefined): ServerEvidence {
  const saidBoth = heard?.kinds.has('present') === true && heard.kinds.has('absent');
  return { server, state: { ...state }, reply: heard?.reply, saidBoth };
}

/** The referral that all authoritative servers give, once none of them answers for the zone any more. */
function commonReferral(servers: readonly ServerEvidence[], name: string): Referral | undefined {
  const authoritative = servers.filter(({ server }) => server.role === 'authoritative');
  if (authoritative.some(({ state }) => state.observation?.kind !== 'unusable')) return undefined;
  return authoritative.map(({ reply }) => referralOf(reply, name)).find((referral) => referral !== undefined);
}

/**
 * Carries out what {@link Propagation} decides, over real questions and time.
 *
 * Rejects only with the reason of the signal.
 */
export async function waitForRecord(
  expected: ExpectedRecord,
  servers: ReadonlyMap<string, DnsServer>,
  plan: WaitPlan,
  listener: WaitListener,
  { client, clock, signal, random }: WaitServices,
): Promise<WaitResult> {
  const propagation = new Propagation(plan, random);
  const ended = new AbortController();
  const untilEnd = AbortSignal.any([signal, ended.signal]);
  const pending = new Map<string, Promise<void>>();
  const heard = new Map<string, Heard>();
  let [lastWordAtMs, phase] = [clock.now(), propagation.phase];

  async function look(label: string): Promise<void> {
    const server = servers.get(label);
    if (server === undefined) throw new RangeError(`no server of this wait is called ${label}`);
    const reply = await client.ask(server, { name: expected.name, type: 'TXT' }, untilEnd);
    const before = propagation.state(label);
    const observation = observe(reply, expected, server.role);
    propagation.observe(label, observation, clock.now());
    heard.set(label, { reply, kinds: new Set(heard.get(label)?.kinds).add(observation.kind) });
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
      return server === undefined ? [] : [evidenceOf(server, state, heard.get(state.label))];
    });

  try {
    for (;;) {
      const step = propagation.next(clock.now());
      if (propagation.phase !== phase) {
        phase = propagation.phase;
        listener.askingResolvers(propagation.servers);
      }
      if (step.kind === 'finish') return { verdict: step.verdict, servers: evidence() };
      const referral = commonReferral(evidence(), expected.name);
      if (referral !== undefined) return { verdict: { reason: 'referred', referral }, servers: evidence() };
      if (step.kind === 'ask') {
        for (const label of step.labels) pending.set(label, look(label));
      } else {
        await untilReplyOr(Math.min(step.untilMs, lastWordAtMs + QUIET_MS), pending, {
          clock,
          signal: untilEnd,
        });
        if (clock.now() >= lastWordAtMs + QUIET_MS) {
          lastWordAtMs = clock.now();
          if (!pending.has(EXPLANATION)) {
            const explained = listener
              .stillWaiting(evidence(), untilEnd)
              .finally(() => pending.delete(EXPLANATION));
            pending.set(EXPLANATION, explained);
          }
        }
      }
    }
  } finally {
    ended.abort();
    // They end with the abort just given; nobody is left to be told.
    await Promise.allSettled(pending.values());
  }
}

async function untilReplyOr(
  untilMs: number,
  pending: ReadonlyMap<string, Promise<void>>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  const replied = new AbortController();
  const sleep = clock.sleep(Math.max(0, untilMs - clock.now()), AbortSignal.any([signal, replied.signal]));
  try {
    await Promise.race([sleep, ...pending.values()]);
  } finally {
    replied.abort();
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
