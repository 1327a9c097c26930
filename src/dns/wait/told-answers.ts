import type { Observation } from '../observation/observation.ts';

interface ToldServer {
  readonly key: string;
  readonly atMs: number;
  /** How often each of its answers was told. */
  readonly times: ReadonlyMap<string, number>;
}

/** Of a server that says one thing and another in turn, each answer is told so often at any time. */
const TOLD_FREELY = 3;
/** After that, it is told of that server at most so often. */
const PAUSE_MS = 60_000;

/** What has been told of each server: nothing is told twice in a row, and what alternates does not fill the log. */
export class ToldAnswers {
  readonly #servers = new Map<string, ToldServer>();

  /** Whether the answer is another one than was told last, and is to be told now. */
  isDue(label: string, observation: Observation, nowMs: number): boolean {
    const told = this.#servers.get(label);
    if (told?.key === answerKey(observation)) return false;
    return told === undefined || !this.isStale(label, observation) || nowMs >= told.atMs + PAUSE_MS;
  }

  /** Whether the answer has been told so often that it is no news any more. */
  isStale(label: string, observation: Observation): boolean {
    return (this.#servers.get(label)?.times.get(answerKey(observation)) ?? 0) >= TOLD_FREELY;
  }

  /** Notes that the answer is told now. */
  note(label: string, observation: Observation, nowMs: number): void {
    const key = answerKey(observation);
    const before = this.#servers.get(label)?.times ?? new Map<string, number>();
    const times = new Map(before).set(key, (before.get(key) ?? 0) + 1);
    this.#servers.set(label, { key, atMs: nowMs, times });
  }
}

/** Equal for answers that say the same to a person. TTLs do not count: they change all the time. */
function answerKey(observation: Observation): string {
  if (observation.kind === 'unusable') return `${observation.why} ${observation.detail}`;
  if (observation.kind === 'alias') return `alias ${observation.target}`;
  return JSON.stringify([observation.kind, observation.values.toSorted()]);
}
