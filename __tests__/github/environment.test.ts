import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { runnerEnv, startWorld } from '../fakes/drift-world.ts';
import { DRIFT, NO_DRIFT } from '../samples/drift.ts';
import { ACCOUNT_ID } from '../samples/results.ts';

const KEEP = new URL('../../src/github/keep-drift-issue.ts', import.meta.url).href;
const CLOCK = new URL('../../src/time/clock.ts', import.meta.url).href;
const LOG = new URL('../../src/action/runner-log.ts', import.meta.url).href;

/** Runs a module in a process of its own, since octokit reads the environment when it is loaded; never waits long. */
async function run(code: string, env: Record<string, string>): Promise<string> {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env }, timeout: 20_000 };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', code],
    options,
  );
  expect(stderr).toBe('');
  return stdout;
}

const keepCode = (report: object, token: string) => `
  const { keepDriftIssue } = await import('${KEEP}');
  const { systemClock: clock } = await import('${CLOCK}');
  const { createRunnerLog } = await import('${LOG}');
  const signal = new AbortController().signal;
  const options = { token: '${token}', dryRun: false, clock, log: createRunnerLog(), signal };
  console.log(JSON.stringify(await keepDriftIssue(${JSON.stringify(report)}, options)));
`;

/** A proxy that is asked and refuses, which is enough to see that it was asked. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, [Symbol.asyncDispose]: async () => void server.close() };
}

it('loads nothing of octokit before it is called', async () => {
  const loaded = await run(
    `import { registerHooks } from 'node:module';
     const urls = [];
     registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
     await import('${KEEP}');
     console.log(urls.join('\\n'));`,
    {},
  );
  expect(loaded).toContain('/src/github/github-issues.ts');
  expect(loaded).not.toMatch(/octokit|@actions\/github/);
});

it('works on a runner behind a proxy that GitHub is reached without', async () => {
  await using world = await startWorld();
  await using proxy = await startProxy();
  const proxies = { http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: '127.0.0.1' };
  const stdout = await run(keepCode(DRIFT, world.api.token), { ...runnerEnv(world.api), ...proxies });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ action: 'opened' });
  expect(proxy.asked).toEqual([]);
});

it('asks the proxy of the runner', async () => {
  await using proxy = await startProxy();
  const env = {
    GITHUB_API_URL: 'https://github.invalid',
    GITHUB_REPOSITORY: 'octo-org/sso',
    https_proxy: proxy.url,
  };
  const code = keepCode(NO_DRIFT, 'ghs_x').replace('clock,', 'clock: { ...clock, sleep: async () => {} },');
  await expect(run(code, env)).rejects.toThrow(/NetworkError/);
  expect(proxy.asked.length).toBeGreaterThan(0);
  for (const request of proxy.asked) expect(request).toContain('github.invalid');
});

it('takes the repository from the runner when it is given no environment', async () => {
  await using world = await startWorld();
  await run(keepCode(DRIFT, world.api.token), runnerEnv(world.api));
  expect(world.api.issues.find(1)?.body).toContain(ACCOUNT_ID);
});
