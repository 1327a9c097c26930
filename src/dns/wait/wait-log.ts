import type { Finding, ServerReport } from '../../domain/dns-report.ts';
import type { Log } from '../../domain/log.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Clock } from '../../time/clock.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import type { ServerState } from '../observation/server-state.ts';
import type { WaitListener } from './wait.ts';
import { countServers, describeServers } from './wording.ts';

/** What {@link WaitLog} works with. */
export interface WaitLogServices {
  readonly log: Log;
  readonly clock: Clock;
  /** Says why the record is not visible, the most telling cause first. */
  explain(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<readonly Finding[]>;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Reports a wait in the log. A cause is explained once; as long as it stays the same, its name is enough. */
export class WaitLog implements WaitListener {
  readonly #services: WaitLogServices;
  readonly #startedAtMs: number;
  readonly #deadlineMs: number;
  #toldCause = '';

  constructor(startedAtMs: number, timeoutMs: number, services: WaitLogServices) {
    this.#services = services;
    this.#startedAtMs = startedAtMs;
    this.#deadlineMs = startedAtMs + timeoutMs;
  }

  changed(servers: readonly ServerEvidence[]): void {
    const states = servers.map(({ state }) => state);
    for (const line of describeServers(states, this.#services.clock.now())) this.#services.log.detail(line);
  }

  askingResolvers(resolvers: readonly DnsServer[]): void {
    this.#services.log.detail(`Asking the resolvers: ${resolvers.map(({ label }) => label).join(', ')}.`);
  }

  async stillWaiting(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<void> {
    const [cause] = await this.#services.explain(servers, signal);
    const counted = servers.filter(({ reply, state }) => reply !== undefined && mayHaveRecord(state));
    // Until the domain is registered, there are no servers of its own to ask.
    const count = servers.length === 0 ? '' : `: ${countServers(counted.map(toCounted))}`;
    this.#services.log.detail(`Still waiting, ${this.#times()}${count}${this.#describeCause(cause)}`);
  }

  #times(): string {
    const nowMs = this.#services.clock.now();
    const elapsedMs = nowMs - this.#startedAtMs;
    const elapsed = elapsedMs < SECOND_MS ? '' : `${inMinutes(elapsedMs)} elapsed`;
    const left = nowMs < this.#deadlineMs ? `${inMinutes(this.#deadlineMs - nowMs)} left` : '';
    return [elapsed, left].filter((part) => part !== '').join(', ');
  }

  #describeCause(cause: Finding | undefined): string {
    const known = this.#toldCause;
    this.#toldCause = cause === undefined ? '' : causeKey(cause);
    if (cause === undefined) return '.';
    if (this.#toldCause === known) return ` (${cause.cause}).`;
    return `. Most likely cause: ${cause.evidence}. ${cause.remedy}`;
  }
}

/** A duration to the minute; below that, to the second. */
function inMinutes(durationMs: number): string {
  const unitMs = durationMs < MINUTE_MS ? 1000 : MINUTE_MS;
  return formatDuration(Math.round(durationMs / unitMs) * unitMs);
}

/** Equal for findings that say the same to a person: evidence with an end time also counts down. */
function causeKey({ cause, evidence, servers = [], resolves_at }: Finding): string {
  return resolves_at === undefined ? `${cause}: ${evidence}` : `${cause}: ${servers.join(', ')}`;
}

/** A server that only says where the CNAME leads is not one that should have the record. */
function mayHaveRecord({ observation }: ServerState): boolean {
  return observation?.kind !== 'alias';
}

function toCounted({ server, state }: ServerEvidence): Pick<ServerReport, 'role' | 'record'> {
  const isPresent = state.observation?.kind === 'present';
  return { role: server.role, record: isPresent ? 'present' : 'unknown' };
}
