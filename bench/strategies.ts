import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Recorder } from '../sandbox/dns/recorder.ts';
import { runStep } from '../sandbox/runner.ts';

/** A way to wait for a TXT record: resolves when it takes the record for visible. */
export type Strategy = (
  record: { name: string; value: string },
  servers: Servers,
  timeoutS: number,
) => Promise<void>;

/** Where a strategy may ask. */
export interface Servers {
  readonly authoritative: Recorder;
  readonly resolver: Recorder;
  /** Whether the action has to find the authoritative server itself; only where that one has port 53. */
  readonly mustBeFound: boolean;
}

const LOOP_PAUSE_MS = 2000;
const run = promisify(execFile);

async function dig(server: Recorder, name: string, flags: readonly string[] = []): Promise<string> {
  const args = [
    `@${server.host}`,
    '-p',
    String(server.port),
    '+short',
    '+tries=1',
    '+time=1',
    ...flags,
    name,
    'TXT',
  ];
  return (await run('dig', args)).stdout;
}

/** `until dig … | grep …; do sleep 2; done` against the resolver, as guides have it. */
const digLoop: Strategy = async ({ name, value }, { resolver }) => {
  while (!(await dig(resolver, name)).includes(value)) await sleep(LOOP_PAUSE_MS);
};

/** The order of lego: recursive resolver first; once that has it, the authoritative servers; every 2 s. */
const legoOrder: Strategy = async ({ name, value }, { resolver, authoritative }) => {
  for (;;) {
    const recursive = await dig(resolver, name);
    if (recursive.includes(value) && (await dig(authoritative, name, ['+norecurse'])).includes(value)) return;
    await sleep(LOOP_PAUSE_MS);
  }
};

/** `dist/index.js` as the runner starts it, with its defaults. */
const thisAction: Strategy = async ({ name, value }, { resolver, authoritative, mustBeFound }, timeoutS) => {
  const { exitCode, stdout } = await runStep({
    with: {
      mode: 'wait-for-dns',
      'email-domain': name,
      'verification-code': value,
      resolvers: resolver.address,
      'authoritative-servers': mustBeFound ? 'auto' : authoritative.address,
      timeout: `${timeoutS}s`,
    },
  });
  if (exitCode !== 0) throw new Error(`the action failed:\n${stdout}`);
};

/** By the names that the table shows. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'dig loop': digLoop,
  "lego's order": legoOrder,
  'this action': thisAction,
};
