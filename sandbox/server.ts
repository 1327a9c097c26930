/**
 * Runs a sandbox for workflows and for manual tests:
 * `node sandbox/server.ts [--facts-file FILE] [--for-seconds N]`. It is not called an env file
 * because Node takes `--env-file` as its own option, even after the script's name.
 */
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startControlPlane } from './control-plane.ts';
import { startSandbox } from './index.ts';

/** The limit of setTimeout; a longer delay fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function readArguments(): { factsFile: string | undefined; forMs: number } {
  const { values } = parseArgs({
    options: { 'facts-file': { type: 'string' }, 'for-seconds': { type: 'string' } },
  });
  const seconds = values['for-seconds'];
  const forMs = seconds === undefined ? LONGEST_TIMEOUT_MS : Number(seconds) * 1000;
  if (!(forMs > 0 && forMs <= LONGEST_TIMEOUT_MS)) {
    throw new RangeError(`--for-seconds must be a positive number of seconds, not ${seconds}`);
  }
  return { factsFile: values['facts-file'], forMs };
}

/** How often to check that npm still runs. */
const PARENT_CHECK_MS = 250;

/**
 * Calls back when the parent process is gone, if npm started it: npm sends SIGTERM to the shell between it and Node,
 * which exits and does not pass it on. Any other parent, such as the shell of a CI step, may exit.
 */
function whenNpmIsGone(tell: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && tell(), PARENT_CHECK_MS);
}

/** Settles on a signal, when the time is up, or when npm is gone. */
async function untilTold(forMs: number): Promise<void> {
  const { promise: isOver, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, forMs);
  const parentCheck = whenNpmIsGone(resolve);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'].map((name) => once(process, name));
  await Promise.race([isOver, ...signals]);
  clearTimeout(timer);
  clearInterval(parentCheck);
}

const { factsFile, forMs } = readArguments();
// Starts here: npm may be gone before the lines are read.
const told = untilTold(forMs);
const sandbox = await startSandbox();
// Two resolvers, so that a quorum means something.
const second = await sandbox.startResolver();
const control = await startControlPlane(sandbox);

const facts = {
  API_URL: sandbox.apiUrl,
  ACCOUNT_ID: sandbox.accountId,
  API_TOKEN: sandbox.apiToken,
  AUTHORITATIVE: sandbox.authoritative.address,
  RESOLVERS: [sandbox.resolver, second].map(({ address }) => `udp://${address}`).join(','),
  CONTROL_URL: control.url,
};
const lines = Object.entries(facts).map(([key, value]) => `${key}=${value}\n`);
if (factsFile !== undefined) await appendFile(factsFile, lines.join(''));
// Printed last: when these lines appear, the file is complete.
process.stdout.write(lines.join(''));

await told;
await control[Symbol.asyncDispose]();
await sandbox.close();
