import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { missingPackages } from './dns-daemons.ts';
import { mustHaveRealDns } from './dns-worlds.ts';

/** A network of the test's own, where port 53 is free and nothing but loopback is reachable. */
export interface NetworkNamespace {
  /** Whether this machine cannot make one, and need not. */
  readonly isSkipped: boolean;
  /** Why it cannot. */
  readonly reason: string | undefined;
  /** Runs a program of the tests or the bench in it; gives back what it prints. */
  run(program: string, args?: readonly string[]): Promise<string>;
  remove(): void;
}

const PRINTED_BYTES = 16 * 1024 * 1024;

/** Makes a network namespace; only root may, and only with iproute2. Says on standard output if `what` is skipped. */
export function makeNetworkNamespace(label: string, what: string): NetworkNamespace {
  const name = `sso-${label}-${process.pid}`;
  const reason = whyNot(name);
  const isSkipped = reason !== undefined && !mustHaveRealDns();
  if (isSkipped) console.log(`Skipped, ${reason} (${what})`);
  return {
    isSkipped,
    reason,
    async run(program, args = []) {
      const command = ['netns', 'exec', name, process.execPath, program, ...args];
      return (await promisify(execFile)('ip', command, { maxBuffer: PRINTED_BYTES })).stdout;
    },
    remove() {
      if (reason === undefined) execFileSync('ip', ['netns', 'del', name]);
    },
  };
}

function whyNot(name: string): string | undefined {
  const missing = missingPackages();
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['-n', name, 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no network namespace can be made: it takes root and iproute2';
  }
}
