import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TlsIdentity } from '../../sandbox/net/http-listener.ts';
import { secretsIn } from '../checks/secret-forms.ts';
import { createAuthority } from '../real/certificates.ts';
import { CHAIN, CHECK, runKept } from '../secrets/kept.ts';
import { type RecordingProxy, startRecordingProxy } from '../secrets/recording-proxy.ts';
import { PRELOADS, startWorld, type World } from '../secrets/world.ts';

let directory: string;
let caFile: string;
let identity: TlsIdentity;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'proxied-'));
  caFile = join(directory, 'ca.pem');
  const authority = await createAuthority();
  await writeFile(caFile, authority.ca);
  identity = await authority.issue({ names: ['api.example', 'github.example'], addresses: ['127.0.0.1'] });
});
afterAll(() => rm(directory, { recursive: true }));

const PASSWORD = 'the+password/of=the&proxy_0123456789';
const CREDENTIALS = `jane:${encodeURIComponent(PASSWORD)}`;
const OTHERS = { 'the password of the proxy': PASSWORD, 'both of the proxy': `jane:${PASSWORD}` };

/** Runs a step of which one API has a name that only the proxy knows; loopback addresses are never proxied. */
function runBehind(world: World, httpsProxy: string, exitCode: number, api: 'cloudflare' | 'github') {
  const env = { https_proxy: httpsProxy, NODE_EXTRA_CA_CERTS: caFile, NODE_OPTIONS: PRELOADS };
  return api === 'cloudflare'
    ? runKept(world, exitCode, { ...CHAIN, 'api-url': 'https://api.example/client/v4' }, env, OTHERS)
    : runKept(world, exitCode, CHECK, { ...env, GITHUB_API_URL: 'https://github.example/api/v3' }, OTHERS);
}

/** The proxy gets its own credentials in their header, and of the tokens nothing that it could read. */
function expectBlind(proxy: RecordingProxy, world: World, name: string): void {
  const received = proxy.received();
  expect(received).not.toEqual([]);
  for (const { head, tunnelled } of received) {
    const [request, ...headers] = head.split('\r\n');
    expect(request).toBe(`CONNECT ${name}:443 HTTP/1.1`);
    const isCredentials = (line: string) => /^proxy-authorization: /i.test(line);
    const basic = Buffer.from(`jane:${PASSWORD}`).toString('base64');
    expect(headers.filter(isCredentials).map((line) => line.split(': ')[1])).toEqual([`Basic ${basic}`]);
    const others = headers.filter((line) => !isCredentials(line)).join('\n');
    expect(secretsIn(others + tunnelled, { ...world.secrets, ...OTHERS })).toEqual([]);
    expect(secretsIn(head, world.secrets)).toEqual([]);
  }
}

const APIS = [
  ['cloudflare', 'api.example'],
  ['github', 'github.example'],
] as const;

describe.concurrent.each(APIS)('behind a proxy with a password, %s', (api, name) => {
  it('is reached, and neither the tokens nor the password come to light', async () => {
    await using world = await startWorld(identity);
    const target = api === 'cloudflare' ? world.sandbox.apiUrl : world.github.url;
    await using proxy = await startRecordingProxy(target, CREDENTIALS);
    await runBehind(world, proxy.url, 0, api);
    expectBlind(proxy, world, name);
    const { requests } = api === 'cloudflare' ? world.sandbox.api : world.github;
    expect(requests).not.toEqual([]);
    expect(secretsIn(JSON.stringify(requests), OTHERS)).toEqual([]);
  });

  it('is not reached, since the proxy refuses and sends back what it got', async () => {
    await using world = await startWorld(identity);
    const basic = Buffer.from(`jane:${PASSWORD}`).toString('base64');
    const body = `<html>${CREDENTIALS} ${PASSWORD} ${basic}</html>`;
    const head = `HTTP/1.1 407 Not ${basic}\r\nx-seen: Basic ${basic}\r\nproxy-authenticate: Basic realm="${PASSWORD}"`;
    const refusal = `${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    await using proxy = await startRecordingProxy('http://127.0.0.1:1', CREDENTIALS, refusal);
    const { log } = await runBehind(world, proxy.url, 1, api);
    expect(log).toContain('407');
    expectBlind(proxy, world, name);
  });

  it.each([
    ['is not there', `http://${CREDENTIALS}@127.0.0.1:1`],
    ['has an address that is none', `http://${CREDENTIALS}@bad host`],
    ['has a port that is none', `http://${CREDENTIALS}@127.0.0.1:99999`],
    ['has no scheme', `${CREDENTIALS}@127.0.0.1:1`],
    ['has the password as it is', `http://jane:${PASSWORD}@127.0.0.1:1`],
  ])('is not reached, since the proxy %s', async (_, httpsProxy) => {
    await using world = await startWorld(identity);
    const { log } = await runBehind(world, httpsProxy, 1, api);
    expect(log).toContain('::error ');
  });
});
