import type { ServerResponse } from 'node:http';

/** An answer of an API before it becomes bytes. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a JSON answer, whole. */
export function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  sendText(response, status, JSON.stringify(body));
}

/** Sends a text, whole, with the content type that is set already. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-length': bytes.length }).end(bytes);
}
