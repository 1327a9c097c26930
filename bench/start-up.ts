import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { startNsd, startUnbound } from '../__tests__/real/dns-worlds.ts';
import { runStep } from '../sandbox/runner.ts';
import { median } from './median.ts';

const RECORD = { name: 'company.test', value: 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353' };

/** Whole-process wall times, medians over rounds in which each process ran once, one after the other. */
export interface StartUp {
  /** One look at a record. */
  readonly actionMs: number;
  /** An input is wrong, so nothing is done. */
  readonly wrongInputMs: number;
  /** A Node.js that loads `node:https` and nothing else. */
  readonly httpsNodeMs: number;
  readonly emptyNodeMs: number;
  /** One look against the Node.js that loads `node:https`, median of the ratios of the rounds. */
  readonly ratioToHttps: number;
  /** One look against `node -e 0`. */
  readonly ratioToEmpty: number;
  /** With the record there from the start and `timeout: 30s`: the whole step, less the second between two sightings. */
  readonly overheadMs: number;
}

/** How soon the action is there, and how soon it answers when there is nothing to wait for. */
export async function measureStartUp(repeats: number): Promise<StartUp> {
  await using nsd = await startNsd({
    zones: [{ origin: RECORD.name, records: ['@ NS ns1', 'ns1 A 127.0.0.1', `@ TXT "${RECORD.value}"`] }],
  });
  await using unbound = await startUnbound({ stubZones: { [RECORD.name]: [nsd.address] } });
  const look = async (timeout: string): Promise<number> => {
    const inputs = {
      mode: 'wait-for-dns',
      'email-domain': RECORD.name,
      'verification-code': RECORD.value,
      timeout,
    };
    const { durationMs, exitCode } = await runStep({
      with: { ...inputs, resolvers: unbound.address, 'authoritative-servers': nsd.address },
    });
    if (exitCode !== 0) throw new Error('the action failed');
    return durationMs;
  };
  const round = async () => ({
    action: await look('0'),
    wrongInput: (await runStep({ with: { mode: 'wrong' } })).durationMs,
    https: await nodeRunning("require('node:https')"),
    empty: await nodeRunning('0'),
  });
  // The first one finds no file in the system's cache.
  await round();
  const rounds: Awaited<ReturnType<typeof round>>[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) rounds.push(await round());
  const waits: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) waits.push((await look('30s')) - 1000);
  return {
    actionMs: median(rounds.map(({ action }) => action)),
    wrongInputMs: median(rounds.map(({ wrongInput }) => wrongInput)),
    httpsNodeMs: median(rounds.map(({ https }) => https)),
    emptyNodeMs: median(rounds.map(({ empty }) => empty)),
    ratioToHttps: median(rounds.map(({ action, https }) => action / https)),
    ratioToEmpty: median(rounds.map(({ action, empty }) => action / empty)),
    overheadMs: median(waits),
  };
}

async function nodeRunning(code: string): Promise<number> {
  const startedAtMs = performance.now();
  await once(spawn(process.execPath, ['-e', code], { stdio: 'ignore', env: {} }), 'close');
  return performance.now() - startedAtMs;
}

/** The largest resident set that a process has had, in MiB; from Linux's /proc. */
export async function peakMemoryMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
