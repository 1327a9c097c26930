import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiFault, ApiFaultRule } from '../../sandbox/index.ts';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import { FAST_DEADLINES } from '../real/preload.ts';
import { CHAIN, CHECK, runKept } from '../secrets/kept.ts';
import { PRELOADS, startWorld, type World } from '../secrets/world.ts';

const ZONE = '$TTL 3600\n@ IN SOA ns1 hostmaster ( 2026010100 3600 600 604800 60 )\n@ IN NS ns1\n';
const codeIn = (world: World) => world.sandbox.api.store.all()[0]?.verification.code ?? '';

describe.concurrent('both tokens are sent to their own API alone, and told nobody else', () => {
  it('from the connector over the drift issue to the end', async () => {
    await using world = await startWorld();
    const { sandbox, github } = world;
    expect((await runKept(world, 0, CHAIN)).outputs).toMatchObject({ state: 'enabled', created: 'true' });
    await runKept(world, 0, CHECK);
    expect(github.issues.all()).toEqual([]);
    const code = codeIn(world);
    sandbox.withdrawTxt('example.com', code);
    expect((await runKept(world, 0, CHECK)).outputs).toMatchObject({ drift: 'true', changed: 'true' });
    await runKept(world, 0, { mode: 'disable' });
    await runKept(world, 0, CHECK);
    sandbox.publishTxt('example.com', code);
    await runKept(world, 0, { mode: 'enable' });
    expect((await runKept(world, 0, CHECK)).outputs).toMatchObject({ drift: 'false' });
    await runKept(world, 0, { mode: 'disable, delete' });
    await runKept(world, 1, { ...CHECK, 'fail-on-drift': 'true' });
    expect(github.issues.all()).toMatchObject([{ state: 'open' }]);
    // Rewritten, closed, opened again: each with a comment.
    expect(github.issues.comments(1)).toHaveLength(3);
    expect(sandbox.authoritative.queries.length).toBeGreaterThan(0);
    expect(github.requests.map(({ method }) => method)).toEqual(expect.arrayContaining(['POST', 'PATCH']));
  });

  it('in a dry run', async () => {
    await using world = await startWorld();
    await runKept(world, 0, { ...CHAIN, 'dry-run': 'true' });
    await runKept(world, 0, { ...CHECK, 'dry-run': 'true' });
    expect(world.github.requests).not.toEqual([]);
  });

  it('with several email domains, of which one fails', async () => {
    await using world = await startWorld();
    world.sandbox.addZone({ origin: 'one.example' });
    await runKept(world, 1, { ...CHAIN, 'email-domain': 'example.com, one.example' });
    expect(world.sandbox.api.store.all()).toHaveLength(2);
  });

  it.each(RECORD_FORMAT_NAMES)('with a record file for %s', async (format) => {
    await using world = await startWorld();
    const file = { bind: 'db.example.com', octodns: 'example.com.yaml' }[String(format)] ?? 'record';
    await writeFile(join(world.workspace, 'db.example.com'), ZONE);
    await writeFile(
      join(world.workspace, 'example.com.yaml'),
      "---\n'':\n  type: TXT\n  value: v=spf1 -all\n",
    );
    const { outputs } = await runKept(world, 0, {
      mode: 'create',
      'record-format': format,
      'record-file': file,
    });
    expect(outputs['record']).toContain(codeIn(world));
    expect(await readFile(join(world.workspace, file), 'utf8')).toContain(codeIn(world));
  });

  it('when the wait is over before the record is there', async () => {
    await using world = await startWorld();
    const { outputs } = await runKept(world, 1, { mode: 'create, wait-for-dns', timeout: '2s' });
    expect(outputs).toMatchObject({ 'dns-visible': 'false' });
  });
});

const HTML = '<!doctype html><html><head><title>Sign in</title></head></html>';
const MIB = 1024 * 1024;
/** What both APIs can answer, over and over. */
const FAULTS: readonly (readonly [string, ApiFault])[] = [
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403, errors: [{ code: 9109, message: 'Unauthorized' }] }],
  ['404', { kind: 'status', status: 404 }],
  ['429', { kind: 'status', status: 429 }],
  ['500', { kind: 'status', status: 500 }],
  ['a success that is none', { kind: 'success-false', errors: [{ code: 1, message: 'No' }] }],
  ['a page of HTML', { kind: 'body', body: HTML, status: 502, contentType: 'text/html' }],
  ['HTML and 200', { kind: 'body', body: HTML, contentType: 'text/html' }],
  ['a reset', { kind: 'reset' }],
  ['the end of the connection', { kind: 'cut-body' }],
  ['a body of 10 MB', { kind: 'huge-body', sizeBytes: 10 * MIB }],
  ['a body of the wrong shape', { kind: 'altered-body', alter: () => '{"success":true,"result":7}' }],
];

describe.concurrent('both tokens stay where they are when', () => {
  it.each(FAULTS)('Cloudflare answers every request with %s', async (_, fault) => {
    await using world = await startWorld();
    world.sandbox.api.faults.add({ fault });
    const { log } = await runKept(world, 1, CHAIN);
    expect(log).toContain('::error ');
  });

  it.each(FAULTS)('GitHub answers every request with %s', async (_, fault) => {
    await using world = await startWorld();
    world.github.faults.add({ fault });
    const { log } = await runKept(world, 1, CHECK);
    expect(log).toContain('::error ');
  });

  it.each(['stall-before-headers', 'stall-in-body'] as const)('an answer never ends: %s', async (kind) => {
    await using world = await startWorld();
    const { sandbox, github } = world;
    for (const { faults } of [sandbox.api, github]) faults.add({ times: 1, fault: { kind } });
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const env = { NODE_OPTIONS: `${PRELOADS} ${FAST_DEADLINES}` };
    const { log } = await runKept(world, 0, CHECK, env);
    expect(log.match(/gave no complete answer within 30 s/g)).toHaveLength(2);
  });

  it.each([301, 302, 303, 307, 308])('either API redirects elsewhere, HTTP %d', async (status) => {
    await using world = await startWorld();
    const { sandbox, github, stray } = world;
    const fault = { kind: 'redirect', status, location: `${stray.apiUrl}/accounts` } as const;
    sandbox.api.faults.add({ times: 1, fault });
    expect((await runKept(world, 1, CHAIN)).log).toContain('redirected');
    github.faults.add({ times: 1, fault });
    expect((await runKept(world, 1, CHECK)).log).toContain('redirected');
    expect(sandbox.api.requests.length + github.requests.length).toBe(3);
  });

  it('the next page of the issues is elsewhere', async () => {
    await using world = await startWorld();
    const { github, stray } = world;
    const headers = { link: `<${stray.apiUrl}/issues?page=2>; rel="next"` };
    const fault = { kind: 'altered-body', alter: (text: string) => text } as const;
    github.faults.add({ headers, carryOut: true, fault } satisfies ApiFaultRule);
    expect((await runKept(world, 1, CHECK)).log).toMatch(/points to .*token/);
  });

  it('no API is there', async () => {
    await using world = await startWorld();
    world.sandbox.api.reachability.pause();
    expect((await runKept(world, 1, CHAIN)).log).toContain('ECONNREFUSED');
    await world.sandbox.api.reachability.resume();
    world.github.reachability.pause();
    expect((await runKept(world, 1, CHECK)).log).toContain('ECONNREFUSED');
  });

  it('DNS is silent or refuses', async () => {
    await using world = await startWorld();
    const { authoritative, resolver } = world.sandbox;
    authoritative.faults.add({ drop: true });
    resolver.faults.add({ rcode: 'SERVFAIL' });
    await runKept(world, 1, { mode: 'create, wait-for-dns', timeout: '1s' });
  });

  it.each([
    ['nobody knows it', 'a-token-nobody-knows_0123456789-abcdefghi'],
    ['it has characters that encode', 'a-token+with/characters=that&encode%20"\\<'],
    ['it is hexadecimal', '0123456789abcdef0123456789abcdef01234567'],
  ])('the API refuses the token because %s', async (_, token) => {
    await using world = await startWorld();
    const secrets = { 'the refused token': token };
    const { log } = await runKept(world, 1, { ...CHAIN, 'api-token': token }, {}, secrets);
    expect(log).toMatch(/The API token is (wrong|malformed)/);
  });
});
