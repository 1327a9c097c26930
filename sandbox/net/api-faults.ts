import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Repeated } from './fault-rules.ts';
import { type JsonAnswer, sendJson, sendText } from './json-answer.ts';

/** One error as Cloudflare's API reports it; GitHub's has only the first message. */
export interface ApiErrorEntry {
  readonly code: number;
  readonly message: string;
  readonly error_chain?: readonly ApiErrorEntry[];
}

/** Makes the body of a refusal, in the shape of the API that refuses. */
export type Refuse = (status: number, errors: readonly ApiErrorEntry[]) => JsonAnswer;

/** What the client gets instead of the true answer. */
export type ApiFault =
  /** A refusal; `retryAfter` is the header as it is sent: seconds or a date (RFC 9110, 10.2.3). */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly errors?: readonly ApiErrorEntry[];
      readonly retryAfter?: string;
    }
  /** A refusal with status 200. */
  | { readonly kind: 'success-false'; readonly errors: readonly ApiErrorEntry[] }
  /** A reset connection: before the body is read, or with `carryOut` once the request has had its effect. */
  | { readonly kind: 'reset' }
  /** No answer; `meanwhile` is done once the client waits in vain. */
  | { readonly kind: 'stall-before-headers'; readonly meanwhile?: () => void }
  /** Headers and half of the true body, then nothing. */
  | { readonly kind: 'stall-in-body'; readonly meanwhile?: () => void }
  /** Headers and half of the true body, then the end of the connection. */
  | { readonly kind: 'cut-body' }
  /** The true answer with another text for its body. */
  | { readonly kind: 'altered-body'; readonly alter: (text: string) => string }
  /** The true answer as the last one of its connection; what `before` does is done when the client gets it. */
  | { readonly kind: 'last-of-connection'; readonly before: () => void }
  /** Exactly these bytes. */
  | {
      readonly kind: 'body';
      readonly body: string;
      readonly status?: number;
      readonly contentType?: string;
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** A JSON object of at least this size. */
  | { readonly kind: 'huge-body'; readonly sizeBytes: number };

/** A fault and the requests that meet it. */
export interface ApiFaultRule extends Repeated {
  readonly method?: string;
  /** Matched against the path below the base path. */
  readonly path?: RegExp;
  /** Whether the request has its effect all the same: the ambiguous failure. Default: it has none. */
  readonly carryOut?: boolean;
  /** Headers that go with it, such as those of a rate limit; they win over the server's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault: ApiFault;
}

/** Whether a rule is for this request. */
export function matchesRequest(rule: ApiFaultRule, method: string, path: string): boolean {
  return (rule.method === undefined || rule.method === method) && (rule.path?.test(path) ?? true);
}

function sendHalf(response: ServerResponse, { status, body }: JsonAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
}

/** In pieces, so that the whole is never in memory. */
function* hugeObject(sizeBytes: number): Generator<string> {
  const piece = 'x'.repeat(64 * 1024);
  yield '{"result":"';
  for (let sentBytes = 0; sentBytes < sizeBytes; sentBytes += piece.length) yield piece;
  yield '"}';
}

/** Sends what the fault makes of `truth`, the answer that the client would have got. */
export function sendFault(
  response: ServerResponse,
  fault: ApiFault,
  truth: JsonAnswer,
  refuse: Refuse,
): void {
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      sendJson(response, refuse(fault.status, fault.errors ?? []));
      break;
    case 'success-false':
      sendJson(response, refuse(200, fault.errors));
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'stall-before-headers':
      fault.meanwhile?.();
      break;
    case 'stall-in-body':
      sendHalf(response, truth);
      fault.meanwhile?.();
      break;
    case 'cut-body':
      sendHalf(response, truth);
      response.socket?.end();
      break;
    case 'altered-body':
      sendText(response, truth.status, fault.alter(JSON.stringify(truth.body)));
      break;
    case 'last-of-connection':
      fault.before();
      response.setHeader('connection', 'close');
      sendJson(response, truth);
      break;
    case 'body':
      if (fault.contentType !== undefined) response.setHeader('content-type', fault.contentType);
      sendText(response, fault.status ?? 200, fault.body);
      break;
    case 'redirect':
      response.setHeader('location', fault.location);
      sendText(response, fault.status, '');
      break;
    case 'huge-body':
      Readable.from(hugeObject(fault.sizeBytes)).pipe(response);
      break;
  }
}
