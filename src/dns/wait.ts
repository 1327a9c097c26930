import type { Clock } from '../clock.ts';
import type { DnsClient } from './client.ts';
import { type ExpectedRecord, type Observation, observe } from './observation.ts';
import { Propagation, type ServerState, type Verdict, type WaitPlan } from './propagation.ts';
import type { DnsServer } from './servers.ts';

/** What a wait tells while it runs. */
export interface WaitListener {
  /** A server says something else than before. */
  changed(server: DnsServer, state: ServerState): void;
  /** From here on resolvers are asked; with the state of the authoritative servers. */
  askingResolvers(servers: readonly ServerState[]): void;
  /** A minute without any other word has passed. */
  stillWaiting(servers: readonly ServerState[]): void;
}

/** The end of a wait: how it ended, and what every server last said. */
export interface WaitResult {
  readonly verdict: Verdict;
  readonly servers: readonly ServerState[];
}

/** What a wait works with. */
export interface WaitServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

const QUIET_MS = 60_000;

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
  let [lastWordAtMs, phase] = [clock.now(), propagation.phase];

  async function look(label: string): Promise<void> {
    const server = servers.get(label);
    if (server === undefined) throw new RangeError(`no server of this wait is called ${label}`);
    const reply = await client.ask(server, { name: expected.name, type: 'TXT' }, untilEnd);
    const before = propagation.state(label);
    propagation.observe(label, observe(reply, expected, server.role), clock.now());
    const after = propagation.state(label);
    pending.delete(label);
    if (!isSameWord(before.observation, after.observation)) {
      lastWordAtMs = clock.now();
      listener.changed(server, after);
    }
  }

  try {
    for (;;) {
      const step = propagation.next(clock.now());
      if (propagation.phase !== phase) {
        phase = propagation.phase;
        listener.askingResolvers(propagation.servers);
      }
      if (step.kind === 'finish') return { verdict: step.verdict, servers: propagation.servers };
      if (step.kind === 'ask') {
        for (const label of step.labels) pending.set(label, look(label));
      } else {
        await untilReplyOr(Math.min(step.untilMs, lastWordAtMs + QUIET_MS), pending, {
          clock,
          signal: untilEnd,
        });
        if (clock.now() >= lastWordAtMs + QUIET_MS) {
          lastWordAtMs = clock.now();
          listener.stillWaiting(propagation.servers);
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
