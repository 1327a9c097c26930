import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient, Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import type { Question } from '../protocol/message.ts';

/** A server, and what it replied. */
export interface Said {
  readonly server: DnsServer;
  readonly reply: Reply;
}

/** What {@link askSeveral} works with. */
export interface AskServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Which replies are wanted. */
export interface Wanted {
  /** How many usable replies are enough; so many servers are asked at once. */
  readonly count: number;
  isUsable(reply: Reply): boolean;
}

/** Another server is asked too when there is no usable reply for this long; with one, no other is waited for. */
const HEDGE_MS = 1000;

/**
 * Asks servers, in their order, until enough of them gave a usable reply or all have been asked.
 *
 * @returns every reply so far, in the order of arrival; rejects only with the signal's reason
 */
export async function askSeveral(
  servers: readonly DnsServer[],
  question: Question,
  { client, clock, signal }: AskServices,
  wanted: Wanted,
): Promise<readonly Said[]> {
  signal.throwIfAborted();
  if (servers.length === 0) return [];
  using over = linkedAbort(signal);
  const { promise: finished, resolve: finish, reject } = Promise.withResolvers<void>();
  const queue = servers.values();
  const said: Said[] = [];
  let usable = 0;
  let lanes = 0;
  const lane = async (): Promise<void> => {
    lanes++;
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const reply = await client.ask(next.value, question, over.signal);
      said.push({ server: next.value, reply });
      if (!wanted.isUsable(reply)) continue;
      usable++;
      // The other replies that are wanted come from the other lanes.
      break;
    }
    lanes--;
    if (lanes === 0 || usable >= wanted.count) finish();
  };
  const hedge = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(HEDGE_MS, over.signal);
      if (usable > 0) return finish();
      start(lane());
    }
  };
  const work: Promise<void>[] = [];
  function start(one: Promise<void>): void {
    // What the end of the work aborts has nothing to tell.
    work.push(one.catch((error: unknown) => (over.signal.aborted ? undefined : reject(error))));
  }
  for (let count = 0; count < wanted.count; count++) start(lane());
  start(hedge());
  const onAbort = (): void => reject(signal.reason);
  over.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await finished;
  } finally {
    over.signal.removeEventListener('abort', onAbort);
    over[Symbol.dispose]();
    await Promise.all(work);
  }
  return said;
}
