import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiProblem } from './cloudflare/envelope.ts';
import { readFields } from './cloudflare/request-body.ts';
import { NEW_ACCOUNTS, type Sandbox } from './index.ts';
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

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function refusal(error: string): Answer {
  return { status: 400, body: { error } };
}

/** Plays the sign-in in a JSON body; the fields are those of `SignIn`. */
function playSignIn(sandbox: Sandbox, body: unknown): Answer {
  const { email, ...others } = readFields(body, {
    email: 'string',
    accountId: 'string',
    allowed: 'boolean',
    connection: 'string',
    appUid: 'string',
    ipAddress: 'string',
    at: 'number',
    shownAfterMs: 'number',
  });
  if (email === undefined) return refusal('email is required');
  return { status: 201, body: sandbox.playSignIn({ email, ...others }) };
}

/** Adds an account: a usual one, or one of `NEW_ACCOUNTS` that the JSON body names as its `kind`. */
function addAccount(sandbox: Sandbox, body: unknown): Answer {
  const { kind } = readFields(body, { kind: 'string' });
  const found = Object.entries(NEW_ACCOUNTS).find(([name]) => name === kind)?.[1];
  if (kind !== undefined && found === undefined) {
    return refusal(`kind must be one of ${Object.keys(NEW_ACCOUNTS).join(', ')}`);
  }
  return { status: 201, body: { accountId: sandbox.addAccount(found) } };
}

/** Passes a JSON body on, and answers with what is wrong with it. */
function withJson(text: string, operate: (body: unknown) => Answer): Answer {
  try {
    return operate(JSON.parse(text === '' ? '{}' : text));
  } catch (error) {
    if (error instanceof SyntaxError) return refusal('the body must be JSON');
    // A time out of range is a RangeError.
    if (error instanceof ApiProblem || error instanceof RangeError) return refusal(error.message);
    throw error;
  }
}

/**
 * Starts the control plane: `PUT /txt/{name}` publishes the body as a TXT record, `DELETE /txt/{name}`
 * removes it, `POST /sign-ins` plays a sign-in, `POST /accounts` adds an account, `GET /requests`, `GET
 * /questions` and `GET /connectors` return what the API was asked, what the DNS servers were asked, and the connectors.
 */
export async function startControlPlane(sandbox: Sandbox, host = '127.0.0.1'): Promise<ControlPlane> {
  const changeTxt = (method: string, name: string, value: string): number => {
    const zone = sandbox.authoritative.zoneFor(name);
    if (zone === undefined) return 404;
    if (method === 'DELETE') return zone.removeTxt(name, value) ? 200 : 404;
    zone.addTxt(name, value);
    return 201;
  };

  const answer = (method: string, path: string, body: string): Answer => {
    const name = TXT_PATH.exec(path)?.[1];
    if (name !== undefined && (method === 'PUT' || method === 'DELETE')) {
      const value = body.replace(/\r?\n$/, '');
      if (value === '') return refusal('the body must be the text of the record');
      return { status: changeTxt(method, name, value), body: { name, value } };
    }
    if (method === 'POST' && path === '/sign-ins') return withJson(body, (json) => playSignIn(sandbox, json));
    if (method === 'POST' && path === '/accounts') return withJson(body, (json) => addAccount(sandbox, json));
    if (method === 'GET' && path === '/requests')
      return { status: 200, body: requestsWithoutTokens(sandbox) };
    if (method === 'GET' && path === '/questions') return { status: 200, body: sandbox.questions() };
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
