import { type IncomingHttpHeaders, request } from 'node:http';

/** What came back, as far as it came. */
export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** How it ended: whole, or with this error code while headers or body were awaited. */
  readonly end: string;
}

/** What to send. */
export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Gives up as soon as so many bytes of the body have come: for bodies that never end. */
  readonly enoughBytes?: number;
  /** Gives up when nothing comes for so long. */
  readonly idleMs?: number;
}

/** Sends one request on a connection of its own; never rejects. */
export function send(url: string, call: Call = {}): Promise<Reply> {
  const { method = 'GET', token, body, enoughBytes = Number.POSITIVE_INFINITY, idleMs = 5000 } = call;
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    // Node frames the body of a DELETE only when it is told how long it is.
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    ...call.headers,
  };
  return new Promise((resolve) => {
    let reply: Reply = { status: undefined, headers: {}, text: '', end: 'none' };
    const finish = (end: string) => resolve({ ...reply, end });
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      reply = { ...reply, status: incoming.statusCode, headers: incoming.headers };
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        reply = { ...reply, text: reply.text + chunk };
        if (reply.text.length < enoughBytes) return;
        finish('enough');
        outgoing.destroy();
      });
      incoming.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
      incoming.on('end', () => finish('whole'));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    outgoing.setTimeout(idleMs, () => {
      finish('idle');
      outgoing.destroy();
    });
    outgoing.end(body);
  });
}
