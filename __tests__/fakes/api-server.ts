import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with one request. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** An HTTP server on loopback that answers as it was told. */
export interface ApiServer extends AsyncDisposable {
  /** Base URL of the API. */
  readonly apiUrl: string;
  readonly requests: readonly ReceivedRequest[];
  /** How many connections were opened. */
  connections(): number;
  /** How many connections are open. */
  openConnections(): Promise<number>;
}

const BASE_PATH = '/client/v4';

/** Answers the first request with the first answer and so on; the last one serves for all that follow. */
export async function startApiServer(...answers: readonly [Answer, ...Answer[]]): Promise<ApiServer> {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? answers[0];
    const { method = '', url = '', headers } = incoming;
    const path = url.startsWith(BASE_PATH) ? url.slice(BASE_PATH.length) : url;
    const body = text(incoming);
    const request = { method, path, headers, body: '' };
    requests.push(request);
    request.body = await body;
    answer(response, request);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}${BASE_PATH}`,
    requests,
    connections: () => connections,
    openConnections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Headers = Readonly<Record<string, string>>;

/** Exactly this text. */
export function textAnswer(status: number, body: string, headers: Headers = {}): Answer {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** This object as JSON. */
export function jsonAnswer(status: number, body: unknown, headers: Headers = {}): Answer {
  return textAnswer(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

/** A result in Cloudflare's envelope. */
export function success(result: unknown, resultInfo?: object): Answer {
  const body = {
    success: true,
    errors: [],
    messages: [],
    result,
    ...(resultInfo && { result_info: resultInfo }),
  };
  return jsonAnswer(200, body);
}

/** A failure in Cloudflare's envelope. */
export function failure(status: number, message = 'It is so', headers: Headers = {}): Answer {
  const errors = [{ code: 10_999, message }];
  return jsonAnswer(status, { success: false, errors, messages: [], result: null }, headers);
}

/** The connection is reset instead of an answer. */
export const reset: Answer = (response) => void response.socket?.resetAndDestroy();

/** Never answers. */
export const stallBeforeHeaders: Answer = () => undefined;

/** Headers and the start of a body, then nothing. */
export const stallInBody: Answer = (response) => {
  response.writeHead(200, { 'content-length': 1000 }).write('{"success":');
};

/** Headers and the start of a body, then the end of the connection. */
export const cutBody: Answer = (response) => {
  response.writeHead(200, { 'content-length': 1000 });
  response.write('{"success":', () => response.socket?.end());
};

/** A body that goes on for ever, a byte now and then or as much as is taken. */
export function endlessBody(piece: string, pauseMs: number): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(piece), pauseMs);
    response.once('close', () => clearInterval(timer));
  };
}
