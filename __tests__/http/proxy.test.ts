import { once } from 'node:events';
import { createServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { proxyFor } from '../../src/http/proxy.ts';
import { HttpSession, type HttpSessionOptions } from '../../src/http/session.ts';
import { everythingIn, rejectionOf, thrownBy } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { type CertificateAuthority, createAuthority } from '../real/certificates.ts';
import { type HttpsServer, listen, startConnectProxy, startHttpsServer } from '../real/https-servers.ts';
import { API_TOKEN } from '../samples/results.ts';

const GET = { method: 'GET', path: '/x' } as const;
const NAME = 'api.test';
const PASSWORD = 'p@ss word/of:the proxy';
const CREDENTIALS = `jane:${encodeURIComponent(PASSWORD)}`;
const never = new AbortController().signal;
const known = getCACertificates('default');
let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await createAuthority();
  setDefaultCACertificates([...known, authority.ca]);
});
afterAll(() => setDefaultCACertificates(known));
beforeEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

function sessionTo(apiUrl: string, options: Partial<HttpSessionOptions> = {}) {
  const session = new HttpSession({
    apiUrl,
    apiToken: API_TOKEN,
    statusHint: 'See the status page.',
    ...options,
  });
  return Object.assign(session, { [Symbol.dispose]: () => session.close() });
}

async function startApi(host = '127.0.0.1'): Promise<HttpsServer> {
  const certificate = await authority.issue({ names: [NAME], addresses: ['127.0.0.1', '::1'] });
  return startHttpsServer('http/1.1', certificate, (answer) => answer.end('fine'), host);
}

/** What the exchange fails with; whatever it is, it is the proxy's, and the password stays out of it. */
async function failureBehind(
  proxy: string,
  options: Partial<HttpSessionOptions> = {},
): Promise<NetworkError> {
  vi.stubEnv('https_proxy', proxy);
  using session = sessionTo(`https://${NAME}`, options);
  const error = await rejectionOf(session.exchange(GET, never, 'list the x'), NetworkError);
  expect(error.message).toMatch(facts('Could not list the x', 'the proxy', new URL(proxy).host, 'GET /x'));
  expect(error.hint).not.toContain('status page');
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), API_TOKEN])
    expect(everythingIn(error)).not.toContain(secret);
  return error;
}

describe('a proxy', () => {
  it('is given its credentials, and leads to the server for one request after another', async () => {
    await using api = await startApi();
    await using proxy = await startConnectProxy(api.port);
    vi.stubEnv('https_proxy', `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`);
    using session = sessionTo(`https://${NAME}`);
    for (let turn = 0; turn < 2; turn++)
      expect(await session.exchange(GET, never)).toMatchObject({ body: 'fine' });
    const authorization = `Basic ${Buffer.from(`jane:${PASSWORD}`).toString('base64')}`;
    expect(proxy.tunnels).toEqual([{ target: `${NAME}:443`, host: `${NAME}:443`, authorization }]);
    expect(api.requests.map(({ authority: host }) => host)).toEqual([NAME, NAME]);
  });

  it('does not weaken what is asked of the certificate', async () => {
    const certificate = await authority.issue({ names: ['other.test'] });
    await using api = await startHttpsServer('http/1.1', certificate, (answer) => answer.end());
    await using proxy = await startConnectProxy(api.port);
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    using session = sessionTo(`https://${NAME}`);
    const error = await rejectionOf(session.exchange(GET, never), NetworkError);
    expect(error).toMatchObject({ retryability: 'permanent', hint: expect.stringContaining('certificate') });
    expect(api.requests).toEqual([]);
  });

  it('may have an IPv6 address', async () => {
    await using api = await startApi();
    await using proxy = await startConnectProxy(api.port, { host: '::1' });
    vi.stubEnv('https_proxy', `http://[::1]:${proxy.port}`);
    using session = sessionTo(`https://${NAME}`);
    expect(await session.exchange(GET, never)).toMatchObject({ body: 'fine' });
  });

  it('may speak TLS, with a certificate of its own', async () => {
    await using api = await startApi();
    const certificate = await authority.issue({ names: ['localhost'] });
    await using proxy = await startConnectProxy(api.port, { certificate });
    vi.stubEnv('https_proxy', `https://localhost:${proxy.port}`);
    using session = sessionTo(`https://${NAME}`);
    expect(await session.exchange(GET, never)).toMatchObject({ body: 'fine' });
    expect(proxy.tunnels).toHaveLength(1);
  });

  it('keeps no connection once the session is closed', async () => {
    await using api = await startApi();
    await using proxy = await startConnectProxy(api.port);
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    const session = sessionTo(`https://${NAME}`);
    await session.exchange(GET, never);
    session.close();
    await vi.waitFor(() => expect(proxy.open.size).toBe(0));
  });

  it.each([
    [407, 'permanent', 'password'],
    [403, 'permanent', 'no_proxy'],
    [502, 'not-carried-out', 'no_proxy'],
  ] as const)('that answers HTTP %d is told as such', async (status, retryability, remedy) => {
    await using proxy = await startConnectProxy(9, { status });
    const error = await failureBehind(`http://${CREDENTIALS}@127.0.0.1:${proxy.port}`);
    expect(error).toMatchObject({ retryability, hint: expect.stringContaining(remedy) });
    expect(error.message).toContain(`HTTP ${status}`);
  });

  it('that is not there is told as such', async () => {
    const proxy = await startConnectProxy(9);
    await proxy[Symbol.asyncDispose]();
    const error = await failureBehind(`http://${CREDENTIALS}@127.0.0.1:${proxy.port}`);
    expect(error).toMatchObject({
      retryability: 'not-carried-out',
      hint: expect.stringContaining('https_proxy'),
    });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('that never answers is told as such before the deadline, and its connection is closed', async () => {
    await using proxy = await startConnectProxy(9, { status: 'silent' });
    const error = await failureBehind(`http://${CREDENTIALS}@127.0.0.1:${proxy.port}`, { deadlineMs: 400 });
    expect(error).toMatchObject({ retryability: 'not-carried-out' });
    expect(error.message).toContain('0.2 s');
    await vi.waitFor(() => expect(proxy.open.size).toBe(0));
  });

  it('that speaks something else is told as such', async () => {
    const odd = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.resume().end('SSH-2.0-OpenSSH_9.6\r\n');
    });
    const port = await listen(odd, '127.0.0.1');
    await failureBehind(`http://${CREDENTIALS}@127.0.0.1:${port}`);
    odd.close();
    await once(odd, 'close');
  });

  it('is named when the server behind it does not answer', async () => {
    await using api = await startHttpsServer('http/1.1', await authority.issue({ names: [NAME] }), (answer) =>
      answer.breakOff(),
    );
    await using proxy = await startConnectProxy(api.port);
    vi.stubEnv('https_proxy', `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`);
    using session = sessionTo(`https://${NAME}`);
    const error = await rejectionOf(session.exchange(GET, never), NetworkError);
    expect(error.retryability).toBe('ambiguous');
    expect(error.message).toMatch(facts(NAME, `the proxy 127.0.0.1:${proxy.port}`));
    expect(everythingIn(error)).not.toContain(PASSWORD);
  });
});

describe('a variable that the HTTP client would ignore', () => {
  it.each([
    'localhost:3128',
    'proxy.example:3128',
    `jane:p4ssw0rd@proxy.example:3128`,
    '//jane:p4ssw0rd@[proxy',
    'http://jane:p4ssw0rd@[proxy',
    'http://jane:p4ssw0rd%zz@proxy.example:3128',
    'http://jane:p4ssw0rd@proxy.example:99999',
    'socks5://jane:p4ssw0rd@proxy.example:1080',
  ])('is refused, without its password: %s', (value) => {
    vi.stubEnv('HTTPS_PROXY', value);
    const error = thrownBy(() => sessionTo(`https://${NAME}`), InputError);
    expect(error.message).toMatch(facts('HTTPS_PROXY', NAME));
    expect(error.hint).toContain('http://');
    expect(everythingIn(error)).not.toContain('p4ssw0rd');
  });

  it('does not matter for what no_proxy names, nor for this machine', () => {
    vi.stubEnv('https_proxy', 'localhost:3128');
    vi.stubEnv('no_proxy', '.test');
    for (const url of [`https://${NAME}`, 'https://127.0.0.1:1', 'https://[::1]:1', 'http://localhost:1'])
      expect(proxyFor(new URL(url))).toBeUndefined();
  });

  it('is not an address without a scheme', () => {
    vi.stubEnv('https_proxy', '192.0.2.1:3128');
    expect(proxyFor(new URL(`https://${NAME}`))?.host).toBe('192.0.2.1:3128');
  });
});

describe('an API at an IPv6 address', () => {
  it('is reached over TLS', async () => {
    await using api = await startApi('::1');
    using session = sessionTo(`https://[::1]:${api.port}`);
    expect(await session.exchange(GET, never)).toMatchObject({ body: 'fine' });
    expect(api.requests[0]?.authority).toBe(`[::1]:${api.port}`);
  });

  it('is reached in plain text', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine'));
    });
    const port = await listen(server, '::1');
    using session = sessionTo(`http://[::1]:${port}`);
    expect(await session.exchange(GET, never)).toMatchObject({ body: 'fine' });
    server.close();
  });
});
