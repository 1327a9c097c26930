import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from './index.ts';
import { listenForHttp, readBody } from './net/http-listener.ts';
import { sendJson } from './net/json-answer.ts';

/** Controls a sandbox that runs in another process. */
export interface ControlPlane extends AsyncDisposable {
  readonly url: string;
}

const TXT_PATH = /^\/txt\/([^/]+)$/;

/** The API's log without tokens: somebody may have used a real one. */
function requestsWithoutTokens(sandbox: Sandbox): unknown[] {
  return sandbox.api.requests.map(({ headers, ...entry }) => {
    const { authorization: _secret, ...others } = headers;
    return { ...entry, headers: others };
  });
}

/**
 * Starts the control plane: `PUT /txt/{name}` publishes the body as a TXT record, `DELETE /txt/{name}`
 * removes it, `GET /requests` and `GET /connectors` return the log and the connectors.
 */
export async function startControlPlane(sandbox: Sandbox, host = '127.0.0.1'): Promise<ControlPlane> {
  const changeTxt = (method: string, name: string, value: string): number => {
    const zone = sandbox.authoritative.zoneFor(name);
    if (zone === undefined) return 404;
    if (method === 'DELETE') return zone.removeTxt(name, value) ? 200 : 404;
    zone.addTxt(name, value);
    return 201;
  };

  const answer = (method: string, path: string, body: string): { status: number; body: unknown } => {
    const name = TXT_PATH.exec(path)?.[1];
    if (name !== undefined && (method === 'PUT' || method === 'DELETE')) {
      const value = body.replace(/\r?\n$/, '');
      if (value === '') return { status: 400, body: { error: 'the body must be the text of the record' } };
      return { status: changeTxt(method, name, value), body: { name, value } };
    }
    if (method === 'GET' && path === '/requests')
      return { status: 200, body: requestsWithoutTokens(sandbox) };
    if (method === 'GET' && path === '/connectors') return { status: 200, body: sandbox.api.store.all() };
    return { status: 404, body: { error: `the control plane has no ${method} ${path}` } };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === undefined) return;
    const { pathname } = new URL(`http://control${request.url}`);
    response.setHeader('content-type', 'application/json');
    sendJson(response, answer(request.method ?? '', pathname, body));
  };

  const listener = await listenForHttp(host, handle);
  return { url: listener.origin, [Symbol.asyncDispose]: listener.close };
}
