import type { ServerResponse } from 'node:http';

/** An answer of an API before it becomes bytes. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a whole JSON answer. */
export function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  sendText(response, status, JSON.stringify(body));
}

/** Sends a whole text; the caller has set the content type. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-length': bytes.length }).end(bytes);
}
