import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Only a failing test waits this long. */
const PATIENCE_MS = 10_000;

/** A server in front of another one that answers nothing until a number of requests is there. */
export interface HoldingProxy extends AsyncDisposable {
  /** To be used in place of the other server's. */
  readonly url: string;
  /** What happened, in order: `GET /path` for a request that came in, `answered` for an answer that went out. */
  readonly events: readonly string[];
}

/**
 * Starts one.
 *
 * @param rounds how many requests to wait for before any of them is answered, one number after the other; requests
 * beyond them are answered at once
 */
export async function startHoldingProxy(target: string, rounds: readonly number[]): Promise<HoldingProxy> {
  const { origin, pathname } = new URL(target);
  const events: string[] = [];
  const left = [...rounds];
  let held: (() => void)[] = [];
  let patience: NodeJS.Timeout | undefined;

  const release = (): void => {
    clearTimeout(patience);
    patience = undefined;
    const all = held;
    held = [];
    left.shift();
    for (const forward of all) forward();
  };
  const handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const path = (incoming.url ?? '').slice(pathname.length).replace(/\?.*/, '');
    events.push(`${incoming.method} ${path}`);
    held.push(() => forward(incoming, response));
    if (held.length >= (left[0] ?? 1)) release();
    else patience ??= setTimeout(release, PATIENCE_MS);
  };
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url } = incoming;
    const outgoing = request(`${origin}${url}`, { method, headers }, (answer) => {
      events.push('answered');
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  };

  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    events,
    async [Symbol.asyncDispose]() {
      clearTimeout(patience);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
