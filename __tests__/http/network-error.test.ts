import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { HttpClient } from '@actions/http-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isNetworkFault, NetworkError } from '../../src/http/network-error.ts';
import { HttpSession } from '../../src/http/session.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { createAuthority } from '../real/certificates.ts';
import { listen, startHttpsServer } from '../real/https-servers.ts';
import { API_TOKEN } from '../samples/results.ts';

const never = new AbortController().signal;
const GET = { method: 'GET', path: '/x' } as const;

beforeEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'])
    vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function rejected(
  apiUrl: string,
  request: Parameters<HttpSession['exchange']>[0] = GET,
): Promise<Error> {
  const session = new HttpSession({ apiUrl, apiToken: API_TOKEN, statusHint: 'See the status page.' });
  try {
    return await rejectionOf(session.exchange(request, never), Error);
  } finally {
    session.close();
  }
}

/** A server that does this with every connection, and has gone at the end of `work`. */
async function withServer<T>(onConnection: (socket: Socket) => void, work: (port: number) => Promise<T>) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  const port = await listen(server, '127.0.0.1');
  try {
    return await work(port);
  } finally {
    server.close();
    await once(server, 'close');
  }
}

const says =
  (text: string) =>
  (socket: Socket): void =>
    void socket.once('data', () => socket.end(text));

describe('an error of the network', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['a connection that is closed at once', (socket) => void socket.destroy()],
    ['a connection that is reset', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
    ['something that is not HTTP', says('SSH-2.0-OpenSSH_9.6\r\n')],
    ['a header that is too long', says(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`)],
    ['a header with a forbidden character', says('HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n')],
    ['a body that is cut', says('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc')],
    ['a chunk whose length is no number', says('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz')],
  ])('is %s', async (_, onConnection) => {
    const error = await withServer(onConnection, (port) => rejected(`http://127.0.0.1:${port}`));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ retryability: 'ambiguous', hint: 'See the status page.' });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['a server without TLS', says('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a TLS handshake that is cut', (socket) => void socket.once('data', () => socket.destroy())],
  ])('is %s', async (_, onConnection) => {
    const error = await withServer(onConnection, (port) => rejected(`https://127.0.0.1:${port}`));
    expect(error).toBeInstanceOf(NetworkError);
  });

  it('is a certificate that nobody trusts', async () => {
    const certificate = await (await createAuthority()).issue({ addresses: ['127.0.0.1'] });
    await using server = await startHttpsServer('http/1.1', certificate, (answer) => answer.end());
    const error = await rejected(`https://127.0.0.1:${server.port}`);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({
      retryability: 'permanent',
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('is a name that cannot be looked up: %s', async (code) => {
    const fault = Object.assign(new Error(`getaddrinfo ${code} api.test`), { code });
    vi.spyOn(HttpClient.prototype, 'request').mockRejectedValue(fault);
    const error = await rejected('https://api.test');
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({
      message: expect.stringMatching(facts(code, 'api.test', 'GET /x')),
      hint: expect.stringMatching(/network.*DNS of the runner/),
      retryability: 'not-carried-out',
    });
    expect(error).not.toMatchObject({ hint: expect.stringContaining('status page') });
  });

  it('is what Node.js calls one, by its code', async () => {
    const socket = connect({ host: '127.0.0.1', port: 1 });
    const [error] = await once(socket, 'error').catch((thrown: unknown) => [thrown]);
    expect(isNetworkFault(error)).toBe(true);
    for (const code of [
      'EAI_AGAIN',
      'ENOTFOUND',
      'EPROTO',
      'HPE_INVALID_CONSTANT',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ])
      expect(isNetworkFault(Object.assign(new Error(code), { code }))).toBe(true);
    for (const code of ['HOSTNAME_MISMATCH', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])
      expect(isNetworkFault(Object.assign(new Error(code), { code }))).toBe(true);
  });
});

describe('a defect of the code', () => {
  it.each([
    new TypeError('Promise.withResolvers is not a function'),
    new RangeError('Invalid array length'),
    new Error('an invariant does not hold'),
    Object.assign(new TypeError('The argument is invalid'), { code: 'ERR_INVALID_ARG_TYPE' }),
    Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }),
    Object.assign(new Error('Headers are already sent'), { code: 'ERR_HTTP_HEADERS_SENT' }),
  ])('inside the HTTP client surfaces as itself: %s', async (defect) => {
    vi.spyOn(HttpClient.prototype, 'request').mockRejectedValue(defect);
    expect(await rejected('http://127.0.0.1:9')).toBe(defect);
  });

  it('surfaces without the token in its message', async () => {
    const defect = new RangeError(`it broke, having sent ${API_TOKEN}`);
    vi.spyOn(HttpClient.prototype, 'request').mockRejectedValue(defect);
    expect(await rejected('http://127.0.0.1:9')).toMatchObject({
      name: 'RangeError',
      message: 'it broke, having sent ***',
    });
  });

  it('in what is sent surfaces as itself', async () => {
    const defect = new TypeError('not a function');
    const body = {
      toJSON() {
        throw defect;
      },
    };
    expect(await rejected('http://127.0.0.1:9', { method: 'POST', path: '/x', body })).toBe(defect);
  });

  it('is not what is no error at all', () => {
    for (const thrown of [undefined, null, 'ECONNRESET', { code: 'ECONNRESET' }])
      expect(isNetworkFault(thrown)).toBe(false);
  });
});
