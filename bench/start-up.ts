import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { startNsd, startUnbound } from '../__tests__/real/dns-worlds.ts';
import { runStep } from '../sandbox/runner.ts';
import { median } from './median.ts';

const RECORD = { name: 'company.test', value: 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353' };

/** Medians over pairs that were run in turn. */
export interface StartUp {
  readonly actionMs: number;
  readonly emptyNodeMs: number;
  /** Whole-process wall time of one look against that of `node -e 0`, median of the pairs' ratios. */
  readonly ratio: number;
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
  await Promise.all([look('0'), emptyNode()]);
  const pairs: { action: number; empty: number }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++)
    pairs.push({ action: await look('0'), empty: await emptyNode() });
  const waits: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) waits.push((await look('30s')) - 1000);
  return {
    actionMs: median(pairs.map(({ action }) => action)),
    emptyNodeMs: median(pairs.map(({ empty }) => empty)),
    ratio: median(pairs.map(({ action, empty }) => action / empty)),
    overheadMs: median(waits),
  };
}

async function emptyNode(): Promise<number> {
  const startedAtMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore', env: {} }), 'close');
  return performance.now() - startedAtMs;
}

/** The largest resident set that a process has had, in MiB; from Linux's /proc. */
export async function peakMemoryMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
