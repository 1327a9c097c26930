import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import packet from 'dns-packet';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Query } from '../../../src/dns/protocol/message.ts';
import { createHttps } from '../../../src/dns/transports/https.ts';
import type { TransportOutcome } from '../../../src/dns/transports/transport.ts';
import type { ServerEndpoint } from '../../../src/domain/dns-server.ts';
import { InputError } from '../../../src/domain/errors.ts';
import { rejectionOf } from '../../checks/errors.ts';
import {
  type CertificateAuthority,
  type CertificateSubject,
  createAuthority,
} from '../../real/certificates.ts';
import {
  type HttpsServer,
  listen,
  type SeenRequest,
  type Speaks,
  startConnectProxy,
  startHttpsServer,
} from '../../real/https-servers.ts';
import { bareHeader, EXPECTED, query, respond, txt } from '../../samples/dns-responses.ts';

const NAME = 'doh.test';
const MEDIA_TYPE = 'application/dns-message';
const CLOSED = { ok: false, silence: 'closed' };
const PROXY = { ok: false, silence: 'proxy' };
const TIMEOUT = { ok: false, silence: 'timeout' };
const GOOD = { ok: true, message: { answers: [{ strings: [EXPECTED.value] }] } };

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createAuthority();
});

const disposables: AsyncDisposable[] = [];
beforeEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of disposables.splice(0)) await each[Symbol.asyncDispose]();
});

/** Closed at the end of the test. */
function keep<Part extends AsyncDisposable>(part: Part): Part {
  disposables.push(part);
  return part;
}

/** The true answer to the query in a request. */
function truth(body: Buffer): Buffer {
  const [question] = packet.decode(body).questions ?? [];
  const asked = {
    id: body.readUInt16BE(0),
    question: { name: question?.name ?? '', type: 'TXT' },
    wire: body,
  };
  return respond(asked as Query, { answers: [txt(EXPECTED.value, 300, question?.name)] });
}

type OnRequest = Parameters<typeof startHttpsServer>[2];

const answerTruly: OnRequest = (answer, { body }) => {
  answer.head(200, { 'content-type': MEDIA_TYPE });
  answer.end(truth(body));
};

interface Given {
  readonly speaks?: Speaks;
  readonly subject?: CertificateSubject;
  readonly issuer?: CertificateAuthority;
  readonly host?: string;
  readonly onRequest?: OnRequest;
}

/** A server, and one client that keeps its sessions over the questions of a test. */
async function server({
  speaks = 'h2',
  subject = { names: [NAME] },
  issuer = authority,
  host = '127.0.0.1',
  onRequest = answerTruly,
}: Given = {}) {
  const started = keep(await startHttpsServer(speaks, await issuer.issue(subject), onRequest, host));
  return { ...started, ask: client({ host, port: started.port }) };
}

function client(address: { readonly host: string; readonly port: number }) {
  const https = createHttps(authority.ca);
  return (
    asked: Query = query(),
    endpoint: Partial<ServerEndpoint> = { serverName: NAME },
    { timeoutMs = 5000, signal = new AbortController().signal } = {},
  ): Promise<TransportOutcome> => https(asked, { ...address, ...endpoint }, { timeoutMs, signal });
}

async function gone(started: Pick<HttpsServer, 'connections'>): Promise<void> {
  await vi.waitFor(() => expect(started.connections.every(({ destroyed }) => destroyed)).toBe(true));
}

describe.each<[string, Speaks, string]>([
  ['HTTP/2 alone', 'h2', '2.0'],
  ['HTTP/1.1 alone', 'http/1.1', '1.1'],
  ['HTTP/2 and HTTP/1.1', 'both', '2.0'],
])('DNS over HTTPS with a server that speaks %s', (_what, speaks, httpVersion) => {
  it('posts the query, and returns the answer', async () => {
    const { ask, port, requests } = await server({ speaks });
    const asked = query();
    expect(await ask(asked)).toMatchObject(GOOD);
    const expected: SeenRequest = {
      httpVersion,
      method: 'POST',
      path: '/dns-query',
      authority: `${NAME}:${port}`,
      contentType: MEDIA_TYPE,
      accept: MEDIA_TYPE,
      body: asked.wire,
    };
    expect(requests).toEqual([expected]);
  });

  it('takes an error that is a header alone', async () => {
    const asked = query(undefined, false);
    const { ask } = await server({
      speaks,
      onRequest: (answer) => {
        answer.head(200, { 'content-type': MEDIA_TYPE });
        answer.end(bareHeader(asked.id, 5));
      },
    });
    expect(await ask(asked)).toMatchObject({ ok: true, message: { rcode: 'REFUSED' } });
  });

  it('posts to the path of the endpoint, its parameters too', async () => {
    const { ask, requests } = await server({ speaks });
    await ask(query(), { serverName: NAME, path: '/other/path?profile=1' });
    expect(requests.map(({ path }) => path)).toEqual(['/other/path?profile=1']);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ])('takes the certificate of an address, and asks for nothing by name: %s', async (host, shown) => {
    const started = await server({ speaks, host, subject: { addresses: [host] } });
    expect(await started.ask(query(), {})).toMatchObject(GOOD);
    expect(started.requests[0]?.authority).toBe(`${shown}:${started.port}`);
    expect((started.connections[0] as { servername?: unknown } | undefined)?.servername).toBe(false);
  });

  it.each<[string, CertificateSubject, Partial<ServerEndpoint>]>([
    ['another name', { names: ['other.test'] }, { serverName: NAME }],
    ['the address, where the name is asked for', { addresses: ['127.0.0.1'] }, { serverName: NAME }],
    ['another address', { addresses: ['127.0.0.2'] }, {}],
    ['a name, where the address is asked for', { names: [NAME, 'localhost'] }, {}],
    ['the right name, and has expired', { names: [NAME], expired: true }, { serverName: NAME }],
  ])('sends no question to a server whose certificate is for %s', async (_subject, subject, endpoint) => {
    const { ask, requests } = await server({ speaks, subject });
    expect(await ask(query(), endpoint)).toEqual({ ok: false, silence: 'certificate' });
    await sleep(20);
    expect(requests).toEqual([]);
  });

  it('sends no question to a server whose certificate is signed by nobody known', async () => {
    const { ask, requests } = await server({ speaks, issuer: await createAuthority('Somebody else') });
    expect(await ask()).toEqual({ ok: false, silence: 'certificate' });
    expect(requests).toEqual([]);
  });

  it('gives each of many questions at once its own answer', async () => {
    const { ask } = await server({
      speaks,
      onRequest: (answer, request) =>
        void setTimeout(() => answerTruly(answer, request), (request.body.readUInt16BE(0) % 7) * 5),
    });
    const names = Array.from({ length: 24 }, (_, index) => `d${index}.example.com`);
    const outcomes = await Promise.all(names.map((name) => ask(query({ name, type: 'TXT' }))));
    expect(outcomes.map((outcome) => outcome.ok && outcome.message.answers[0]?.name)).toEqual(names);
  });

  it.each([204, 301, 307, 308, 400, 404, 415, 429, 500, 503])(
    'tells of HTTP %i, and asks nobody else',
    async (status) => {
      const { ask, requests } = await server({
        speaks,
        onRequest: (answer, { body }) => {
          answer.head(status, { location: '/elsewhere', 'content-type': MEDIA_TYPE });
          answer.end(status === 204 ? undefined : truth(body));
        },
      });
      expect(await ask()).toEqual({ ok: false, silence: 'http-status' });
      expect(requests).toHaveLength(1);
    },
  );

  it('reports an error status, however large the error page', async () => {
    const { ask } = await server({
      speaks,
      onRequest: (answer) => {
        answer.head(403, { 'content-type': 'text/html' });
        answer.end('<p>'.repeat(50_000));
      },
    });
    expect(await ask()).toEqual({ ok: false, silence: 'http-status' });
  });

  it.each<[string, (body: Buffer) => Buffer | string]>([
    ['a page', () => '<!doctype html><title>Log in to this network</title>'],
    ['nothing', () => ''],
    [
      'an answer with another ID',
      (body) => truth(Buffer.concat([Buffer.of(~(body[0] ?? 0)), body.subarray(1)])),
    ],
    ['an answer that is cut', (body) => truth(body).subarray(0, -1)],
    ['more than a DNS message can have', (body) => Buffer.concat([truth(body), Buffer.alloc(65_536)])],
  ])('does not take %s for the answer, and does not wait for another', async (_page, page) => {
    const { ask } = await server({
      speaks,
      onRequest: (answer, { body }) => {
        answer.head(200, { 'content-type': MEDIA_TYPE });
        answer.end(page(body));
      },
    });
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual(CLOSED);
  });

  it('takes an answer as large as a DNS message can be', async () => {
    const asked = query();
    const filler = Array.from({ length: 240 }, (_, index) => txt(`${index}`.padEnd(245, '.')));
    const large = respond(asked, { answers: [...filler, txt(EXPECTED.value)] });
    expect(large.length).toBeGreaterThan(64_000);
    const { ask } = await server({ speaks, onRequest: (answer) => void answer.end(large) });
    const outcome = await ask(asked);
    expect(outcome.ok && outcome.message.answers).toHaveLength(241);
  });

  it('reads no more of a body without end than a DNS message can have', async () => {
    let writtenBytes = 0;
    const { ask } = await server({
      speaks,
      onRequest: (answer) => {
        answer.head(200, { 'content-type': MEDIA_TYPE });
        const timer = setInterval(() => {
          answer.write(Buffer.alloc(10_000));
          writtenBytes += 10_000;
        }, 1);
        answer.onClose(() => clearInterval(timer));
      },
    });
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual(CLOSED);
    const atTheEnd = writtenBytes;
    expect(atTheEnd).toBeLessThan(1_000_000);
    await sleep(100);
    expect(writtenBytes - atTheEnd).toBeLessThan(200_000);
  });

  it.each<[string, OnRequest]>([
    ['before the headers', (answer) => answer.breakOff()],
    [
      'in the middle of the body',
      (answer, { body }) => {
        const whole = truth(body);
        answer.head(200, { 'content-length': whole.length });
        answer.write(whole.subarray(0, 30));
        setTimeout(() => answer.breakOff(), 20);
      },
    ],
  ])('reports a server that gives up %s', async (_when, onRequest) => {
    const { ask } = await server({ speaks, onRequest });
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual(CLOSED);
  });

  it.each<[string, OnRequest]>([
    ['before the headers', () => undefined],
    ['after the headers', (answer) => answer.head(200)],
    ['in the body', (answer, { body }) => answer.write(truth(body).subarray(0, 30))],
  ])('is a time-out when the server stalls %s', async (_when, onRequest) => {
    const { ask } = await server({ speaks, onRequest });
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 300 })).toEqual(TIMEOUT);
  });

  it("rejects at once with the signal's reason, and ends the request", async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const { ask } = await server({
      speaks,
      onRequest: (answer) => {
        answer.onClose(() => resolve());
        stop.abort(reason);
      },
    });
    const limits = { timeoutMs: 20_000, signal: stop.signal };
    await expect(ask(query(), { serverName: NAME }, limits)).rejects.toBe(reason);
    await ended;
    await expect(ask(query(), { serverName: NAME }, limits)).rejects.toBe(reason);
  });
});

describe('an HTTP/2 session', () => {
  /** A question may cross the end of the session on its way, and then gets no answer. */
  const untilAnswered = (ask: () => Promise<unknown>) =>
    vi.waitFor(async () => expect(await ask()).toMatchObject(GOOD), { timeout: 10_000 });

  it('serves questions one after another', async () => {
    const { ask, connections, requests } = await server();
    for (let count = 0; count < 50; count++) expect(await ask()).toMatchObject(GOOD);
    expect(requests).toHaveLength(50);
    expect(connections).toHaveLength(1);
  });

  it('serves also the questions that come while it is being opened', async () => {
    const { ask, connections } = await server();
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => ask()));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(200);
    expect(connections).toHaveLength(1);
  });

  it('is one for each name, address and port, since a certificate counts for no other', async () => {
    const subject = { names: [NAME, 'other.test'], addresses: ['127.0.0.1'] };
    const { ask, connections } = await server({ subject });
    for (const endpoint of [{ serverName: NAME }, { serverName: 'other.test' }, {}, { serverName: NAME }]) {
      expect(await ask(query(), endpoint)).toMatchObject(GOOD);
    }
    expect(connections).toHaveLength(3);
    expect(await ask(query(), { serverName: 'third.test' })).toEqual({ ok: false, silence: 'certificate' });
  });

  it.each<[string, (session: HttpsServer['sessions'][number]) => void]>([
    ['says that it is going away', (session) => session.goaway(0)],
    ['says that it is going away for an error', (session) => session.goaway(11)],
    ['closes it', (session) => session.close()],
    ['breaks it off', (session) => session.destroy()],
  ])('is opened again after the server %s', async (_what, end) => {
    const { ask, connections, sessions } = await server();
    expect(await ask()).toMatchObject(GOOD);
    const [session] = sessions;
    if (session === undefined) throw new Error('no session');
    end(session);
    await untilAnswered(ask);
    expect(connections).toHaveLength(2);
  });

  it('brings the answers that are under way when the server says that it is going away', async () => {
    const { ask, sessions } = await server({
      onRequest: (answer, request) => {
        if (requestsSeen++ === 0) sessions[0]?.goaway(0);
        setTimeout(() => answerTruly(answer, request), 30);
      },
    });
    let requestsSeen = 0;
    const first = ask();
    await vi.waitFor(() => expect(requestsSeen).toBe(1));
    await untilAnswered(ask);
    expect(await first).toMatchObject(GOOD);
  });

  it('is opened again after the server has fallen silent', async () => {
    const started = await server({
      onRequest: (answer, request) => {
        // Like behind a router that has dropped the first connection.
        if (started.requests.length === 1 || started.sessions.length > 1) answerTruly(answer, request);
      },
    });
    expect(await started.ask()).toMatchObject(GOOD);
    const limits = { timeoutMs: 100, signal: new AbortController().signal };
    expect(await started.ask(query(), { serverName: NAME }, limits)).toEqual(TIMEOUT);
    expect(await started.ask()).toMatchObject(GOOD);
    expect(started.sessions).toHaveLength(2);
  });

  it('is not harmed by one question that is stopped', async () => {
    const { ask, connections } = await server({
      onRequest: (answer, request) => void setTimeout(() => answerTruly(answer, request), 50),
    });
    const reason = new Error('stop');
    const stop = new AbortController();
    const stopped = ask(query(), { serverName: NAME }, { timeoutMs: 5000, signal: stop.signal });
    const others = [ask(), ask()];
    setTimeout(() => stop.abort(reason), 20);
    await expect(stopped).rejects.toBe(reason);
    expect(await Promise.all(others)).toMatchObject([GOOD, GOOD]);
    expect(connections).toHaveLength(1);
  });
});

describe('an HTTP/1.1 connection', () => {
  it('is for one question, and closed after it', async () => {
    const started = await server({ speaks: 'http/1.1' });
    await Promise.all(Array.from({ length: 12 }, () => started.ask()));
    await started.ask();
    expect(started.requests).toHaveLength(13);
    expect(started.connections).toHaveLength(13);
    await gone(started);
  });

  it('is closed also when the question is stopped before it is open', async () => {
    const started = await server({ speaks: 'http/1.1' });
    const stop = new AbortController();
    const asked = started.ask(query(), { serverName: NAME }, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    await sleep(50);
    expect(started.requests).toEqual([]);
    await gone(started);
  });
});

describe('a connection over HTTPS', () => {
  it('that stalls in the TLS handshake is a time-out, and does not stand in the way of others', async () => {
    const silent = createTcpServer();
    const sockets: Socket[] = [];
    silent.on('connection', (socket) => sockets.push(socket.on('error', () => undefined)));
    const port = await listen(silent, '127.0.0.1');
    const ask = client({ host: '127.0.0.1', port });
    const limits = { timeoutMs: 100, signal: new AbortController().signal };
    expect(await Promise.all([ask(query(), {}, limits), ask(query(), {}, limits)])).toEqual([
      TIMEOUT,
      TIMEOUT,
    ]);
    const { port: goodPort } = await server();
    expect(await ask(query(), { port: goodPort, serverName: NAME })).toMatchObject(GOOD);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('is tried again by the question after one that failed', async () => {
    const certificate = await authority.issue({ names: [NAME] });
    let handshakes = 0;
    const fickle = createTcpServer((socket) => {
      handshakes++;
      socket.on('error', () => undefined).destroy();
    });
    const port = await listen(fickle, '127.0.0.1');
    const ask = client({ host: '127.0.0.1', port });
    expect(await ask()).toEqual(CLOSED);
    expect(await ask()).toEqual(CLOSED);
    expect(handshakes).toBe(2);
    fickle.close();
    await once(fickle, 'close');
    expect(await ask()).toEqual({ ok: false, silence: 'refused' });
    expect(certificate.cert).toContain('BEGIN CERTIFICATE');
  });

  it('reports a server that does not speak HTTP', async () => {
    const certificate = await authority.issue({ names: [NAME] });
    const odd = createTlsServer(certificate, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('220 mail.test ESMTP\r\n'));
    });
    const port = await listen(odd, '127.0.0.1');
    expect(await client({ host: '127.0.0.1', port })()).toEqual(CLOSED);
    odd.close();
  });
});

describe('a proxy that https_proxy names', () => {
  it.each<Speaks>(['h2', 'http/1.1'])('leads to the server by its name, over %s', async (speaks) => {
    const { ask, port, requests } = await server({ speaks });
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask()).toMatchObject(GOOD);
    expect(await ask()).toMatchObject(GOOD);
    const target = `${NAME}:${port}`;
    const tunnel = { target, host: target, authorization: undefined };
    expect(proxy.tunnels).toEqual(speaks === 'h2' ? [tunnel] : [tunnel, tunnel]);
    expect(requests.map(({ authority: one }) => one)).toEqual([target, target]);
  });

  it('is given the credentials of its URL', async () => {
    const { ask, port } = await server();
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://user:p%40ss%3A@127.0.0.1:${proxy.port}`);
    expect(await ask()).toMatchObject(GOOD);
    expect(proxy.tunnels[0]?.authorization).toBe(`Basic ${Buffer.from('user:p@ss:').toString('base64')}`);
  });

  it('does not weaken what is asked of the certificate', async () => {
    const { ask, port, requests } = await server({ subject: { names: ['other.test', 'localhost'] } });
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask()).toEqual({ ok: false, silence: 'certificate' });
    expect(requests).toEqual([]);
  });

  // An address that is on this machine, in a spelling that proxies are not passed over for.
  const MAPPED = '::ffff:127.0.0.1';

  it('leads to a server by its address, which the certificate must then have', async () => {
    const { ask, port } = await server({ subject: { addresses: ['::ffff:7f00:1'] } });
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask(query(), { host: MAPPED })).toMatchObject(GOOD);
    expect(proxy.tunnels.map(({ target }) => target)).toEqual([`[${MAPPED}]:${port}`]);
  });

  it('leads to no server by its address whose certificate is for a name, localhost included', async () => {
    const { ask, port, requests } = await server({ subject: { names: ['localhost', NAME] } });
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask(query(), { host: MAPPED })).toEqual({ ok: false, silence: 'certificate' });
    expect(requests).toEqual([]);
  });

  it.each([403, 407, 502])(
    'that answers HTTP %i is told of at once, and its connection closed',
    async (status) => {
      const { ask, port, connections } = await server();
      const proxy = keep(await startConnectProxy(port, { status }));
      vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
      expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual(PROXY);
      expect(connections).toEqual([]);
      await vi.waitFor(() => expect(proxy.open.size).toBe(0));
    },
  );

  it('that is not a URL is told as the wrong input that it is', async () => {
    const { ask, requests } = await server();
    vi.stubEnv('https_proxy', 'localhost:3128');
    expect((await rejectionOf(ask(), InputError)).message).toContain(NAME);
    expect(requests).toEqual([]);
  });

  it('that says nothing is a time-out', async () => {
    const { ask, port } = await server();
    const proxy = keep(await startConnectProxy(port, { status: 'silent' }));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 100 })).toEqual(TIMEOUT);
  });

  it('that is not there is reported at once', async () => {
    const { ask, port } = await server();
    const proxy = await startConnectProxy(port);
    await proxy[Symbol.asyncDispose]();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual(PROXY);
  });

  it('is passed over for what no_proxy names', async () => {
    const { ask, port } = await server();
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv('no_proxy', 'elsewhere.test,.test');
    expect(await ask()).toMatchObject(GOOD);
    expect(proxy.tunnels).toEqual([]);
  });

  it('keeps an idle session open', { timeout: 20_000 }, async () => {
    const { ask, port } = await server();
    const proxy = keep(await startConnectProxy(port));
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await ask()).toMatchObject(GOOD);
    await sleep(5500);
    expect(await ask()).toMatchObject(GOOD);
    expect(proxy.tunnels).toHaveLength(1);
  });
});

describe('a process', () => {
  const SCRIPT = `
    const { createHttps } = await import(process.argv[1]);
    const { encodeQuery } = await import(process.argv[2]);
    const { port, ca, timeoutMs, serverName } = JSON.parse(process.argv[3]);
    const query = encodeQuery({ name: 'example.com', type: 'TXT' }, { recursionDesired: true, edns: true });
    const signal = new AbortController().signal;
    const endpoint = { host: '127.0.0.1', port, serverName };
    const outcome = await createHttps(ca)(query, endpoint, { timeoutMs, signal });
    // What is being closed is gone a turn later; what keeps the process alive stays.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const holding = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
    console.log([outcome.ok ? 'answered' : outcome.silence, ...holding].join(' '));
  `;

  /** Runs one query in a process of its own, which has to end by itself; tells what held it when the answer was there. */
  async function run(port: number, timeoutMs: number, env: NodeJS.ProcessEnv = {}) {
    const source = (path: string) => new URL(`../../../src/dns/${path}`, import.meta.url).href;
    const given = JSON.stringify({ port, ca: authority.ca, timeoutMs, serverName: NAME });
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        SCRIPT,
        source('transports/https.ts'),
        source('protocol/message.ts'),
        given,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } },
    );
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const [outcome, ...holding] = output.trim().split(' ');
    return { code, outcome, holding };
  }

  it('ends although the session to a server is open', async () => {
    const { port, sessions } = await server();
    expect(await run(port, 50_000)).toEqual({ code: 0, outcome: 'answered', holding: [] });
    expect(sessions).toHaveLength(1);
  });

  it('ends although a session through a proxy is open', async () => {
    const { port } = await server();
    const proxy = keep(await startConnectProxy(port));
    const ended = await run(port, 50_000, { https_proxy: `http://127.0.0.1:${proxy.port}` });
    expect(ended).toEqual({ code: 0, outcome: 'answered', holding: [] });
    expect(proxy.tunnels).toHaveLength(1);
  });

  it('ends although a handshake, or the answer of a proxy, is still being waited for', async () => {
    const silent = createTcpServer((socket) => void socket.on('error', () => undefined));
    const port = await listen(silent, '127.0.0.1');
    const atServer = await run(port, 300);
    expect(atServer).toEqual({ code: 0, outcome: 'timeout', holding: [] });
    const atProxy = await run(port, 300, { https_proxy: `http://127.0.0.1:${port}` });
    expect(atProxy).toEqual({ code: 0, outcome: 'timeout', holding: [] });
    silent.close();
  });
});
