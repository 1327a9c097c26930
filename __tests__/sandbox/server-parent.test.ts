import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';

const SERVER = join(import.meta.dirname, '../../sandbox/server.ts');

let shell: ChildProcess | undefined;
let server: number | undefined;

afterEach(() => {
  shell?.kill('SIGKILL');
  if (server !== undefined && isAlive(server)) process.kill(server, 'SIGKILL');
  [shell, server] = [undefined, undefined];
});

/** An orphan that has ended stays a zombie for as long as nobody reaps it; a signal cannot tell the two apart. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

/** Starts the server behind a shell, as npm does, and waits until it has printed all its facts. */
async function start(env: Record<string, string>): Promise<{ shell: ChildProcess; server: number }> {
  const script = '"$0" "$1" & echo "PID=$!"; wait';
  shell = spawn('/bin/sh', ['-c', script, process.execPath, SERVER], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (shell.stdout === null) throw new Error('the shell has no output');
  for await (const line of createInterface({ input: shell.stdout })) {
    if (line.startsWith('PID=')) server = Number(line.slice(4));
    if (line.startsWith('CONTROL_URL=')) break;
  }
  if (server === undefined) throw new Error('the shell told no process ID');
  return { shell, server };
}

it('the server ends with the shell that npm started it by', async () => {
  const started = await start({ npm_lifecycle_event: 'sandbox' });
  started.shell.kill('SIGTERM');
  await expect.poll(() => isAlive(started.server), { timeout: 10_000 }).toBe(false);
});

it('the server outlives any other shell, until the terminal hangs up', async () => {
  const started = await start({});
  const gone = once(started.shell, 'exit');
  started.shell.kill('SIGTERM');
  await gone;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(isAlive(started.server)).toBe(true);
  process.kill(started.server, 'SIGHUP');
  await expect.poll(() => isAlive(started.server), { timeout: 10_000 }).toBe(false);
});
