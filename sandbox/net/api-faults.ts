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

/** Makes a refusal in the format of the API. */
export type Refuse = (status: number, errors: readonly ApiErrorEntry[]) => JsonAnswer;

/** What the client gets instead of the normal answer. */
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
  /** Resets the connection: before the body is read, or with `carryOut` after the request had its effect. */
  | { readonly kind: 'reset' }
  /** No answer; `meanwhile` runs when the stall begins. */
  | { readonly kind: 'stall-before-headers'; readonly meanwhile?: () => void }
  /** Headers and half of the normal body, then nothing. */
  | { readonly kind: 'stall-in-body'; readonly meanwhile?: () => void }
  /** Headers and half of the normal body, then the connection closes. */
  | { readonly kind: 'cut-body' }
  /** The normal answer with another body. */
  | { readonly kind: 'altered-body'; readonly alter: (text: string) => string }
  /** The normal answer, as the last one of its connection; `before` runs before it is sent. */
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

/** A fault and the requests it applies to. */
export interface ApiFaultRule extends Repeated {
  readonly method?: string;
  /** Matched against the path below the base path. */
  readonly path?: RegExp;
  /** Whether the request still has its effect: an ambiguous failure. Default: no. */
  readonly carryOut?: boolean;
  /** Extra headers, such as those of a rate limit; they override the server's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault: ApiFault;
}

/** Whether a rule matches this request. */
export function matchesRequest(rule: ApiFaultRule, method: string, path: string): boolean {
  return (rule.method === undefined || rule.method === method) && (rule.path?.test(path) ?? true);
}

function sendHalf(response: ServerResponse, { status, body }: JsonAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
}

/** Sent in pieces to save memory. */
function* hugeObject(sizeBytes: number): Generator<string> {
  const piece = 'x'.repeat(64 * 1024);
  yield '{"result":"';
  for (let sentBytes = 0; sentBytes < sizeBytes; sentBytes += piece.length) yield piece;
  yield '"}';
}

/** Sends the fault; `truth` is the normal answer that it spoils. */
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
