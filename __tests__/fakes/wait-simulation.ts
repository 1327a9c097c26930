import type { Observation } from '../../src/dns/observation/observation.ts';
import type { ServerState } from '../../src/dns/observation/server-state.ts';
import { Propagation, type Verdict, type WaitPlan } from '../../src/dns/wait/propagation.ts';

/** A server of a simulated wait; times are milliseconds since the wait's start. */
export interface SimulatedServer {
  /** How long an exchange with it takes, retries and time-outs included. */
  readonly rttMs: number;
  /** Its answer to a question that arrives at `atMs`. */
  answer(atMs: number): Observation;
}

/** A question that was asked, and what came back. */
export interface AskedQuestion {
  readonly label: string;
  readonly atMs: number;
  readonly reply: Observation;
  readonly repliedAtMs: number;
}

/** A simulated wait that has ended. */
export interface SimulatedWait {
  readonly verdict: Verdict;
  readonly endedAtMs: number;
  readonly questions: readonly AskedQuestion[];
  readonly servers: readonly ServerState[];
  /** The times at which a server was asked. */
  askedAt(label: string): readonly number[];
}

export const PRESENT: Observation = { kind: 'present', values: ['code'], ttlS: 300 };
export const TIMEOUT: Observation = { kind: 'unusable', why: 'timeout', detail: 'no answer over TCP' };
export const SERVFAIL: Observation = { kind: 'unusable', why: 'failed', detail: 'SERVFAIL' };
export const UNREACHABLE: Observation = { kind: 'unusable', why: 'unreachable', detail: 'no route over UDP' };

/** The answer of a server without the record. */
export function absent(ttlS?: number, values: readonly string[] = []): Observation {
  return { kind: 'absent', values, ttlS, serial: 1 };
}

/** An authoritative server that has the record from `publishedAtMs` on. */
export function authority(publishedAtMs: number, rttMs = 20): SimulatedServer {
  return { rttMs, answer: (atMs) => (atMs >= publishedAtMs ? PRESENT : absent(1800)) };
}

/** A server that always gives the same answer. */
export function constant(reply: Observation, rttMs = reply === TIMEOUT ? 9500 : 20): SimulatedServer {
  return { rttMs, answer: () => reply };
}

/** A server that gives the answers in turn, and then repeats the last one. */
export function scripted(replies: readonly Observation[], rttMs = 20): SimulatedServer {
  let index = 0;
  return {
    rttMs,
    answer() {
      const reply = replies[Math.min(index, replies.length - 1)] ?? TIMEOUT;
      index += 1;
      return reply;
    },
  };
}

/** Options of {@link resolver}. */
export interface SimulatedResolverOptions {
  /** When the zone's servers get the record; a backend with an empty cache sees it from then on. */
  readonly publishedAtMs: number;
  /** For each backend of the address: until when it has the answer without the record cached. */
  readonly heldUntilMs: readonly number[];
  /** How long an answer without the record is cached. */
  readonly ttlS?: number;
  readonly rttMs?: number;
  /** Chooses the backend. */
  readonly random?: () => number;
}

/** A caching resolver with one or several backends, each with its own cache. */
export function resolver(options: SimulatedResolverOptions): SimulatedServer {
  const { publishedAtMs, ttlS = 1800, rttMs = 20, random = Math.random } = options;
  const heldUntilMs = [...options.heldUntilMs];
  const knows = heldUntilMs.map(() => false);
  return {
    rttMs,
    answer(atMs) {
      const backend = Math.floor(random() * heldUntilMs.length);
      if (knows[backend] === true) return PRESENT;
      const until = heldUntilMs[backend] ?? 0;
      if (atMs < until) return absent(Math.ceil((until - atMs) / 1000), ['v=spf1 -all']);
      if (atMs >= publishedAtMs) {
        knows[backend] = true;
        return PRESENT;
      }
      heldUntilMs[backend] = atMs + ttlS * 1000;
      return absent(ttlS, ['v=spf1 -all']);
    },
  };
}

/** The plan of a simulated wait; what is left out has the action's defaults. */
export type SimulatedPlan = Partial<
  Pick<WaitPlan, 'required' | 'quorum' | 'timeoutMs' | 'pollIntervalMs'>
> & {
  readonly authoritative?: Readonly<Record<string, SimulatedServer>>;
  readonly resolvers: Readonly<Record<string, SimulatedServer>>;
};

const MAX_STEPS = 200_000;

/** Runs a wait to its end in simulated time. */
export function simulate(plan: SimulatedPlan, random: () => number = () => 0): SimulatedWait {
  const { authoritative = {}, resolvers } = plan;
  const servers = new Map(Object.entries({ ...authoritative, ...resolvers }));
  const labels = Object.keys(resolvers);
  const propagation = new Propagation(
    {
      authoritative: Object.keys(authoritative),
      resolvers: labels,
      required: plan.required ?? [],
      quorum: plan.quorum ?? Math.floor(labels.length / 2) + 1,
      startedAtMs: 0,
      timeoutMs: plan.timeoutMs ?? 1_800_000,
      pollIntervalMs: plan.pollIntervalMs ?? 15_000,
    },
    random,
  );
  const questions: AskedQuestion[] = [];
  let underWay: readonly AskedQuestion[] = [];
  let nowMs = 0;

  function ask(label: string): AskedQuestion {
    const server = servers.get(label);
    if (server === undefined) throw new Error(`${label} was asked but is not a server`);
    const reply = server.answer(nowMs + server.rttMs / 2);
    return { label, atMs: nowMs, reply, repliedAtMs: nowMs + server.rttMs };
  }

  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const step = propagation.next(nowMs);
    if (step.kind === 'finish') {
      const askedAt = (label: string) => questions.filter((q) => q.label === label).map(({ atMs }) => atMs);
      const states = propagation.servers.map((state) => ({ ...state }));
      return { verdict: step.verdict, endedAtMs: nowMs, questions, servers: states, askedAt };
    }
    if (step.kind === 'ask') {
      const asked = step.labels.map(ask);
      questions.push(...asked);
      underWay = [...underWay, ...asked];
      continue;
    }
    if (step.untilMs <= nowMs) throw new Error('told to wait until a time that has passed');
    nowMs = Math.min(step.untilMs, ...underWay.map(({ repliedAtMs }) => repliedAtMs));
    if (!Number.isFinite(nowMs)) throw new Error('told to wait forever');
    const replies = underWay.filter(({ repliedAtMs }) => repliedAtMs <= nowMs);
    underWay = underWay.filter(({ repliedAtMs }) => repliedAtMs > nowMs);
    for (const { label, reply } of replies) propagation.noteReply(label, reply, nowMs);
  }
  throw new Error('the wait does not end');
}
