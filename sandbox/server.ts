/**
 * Keeps a sandbox up for workflows and for trying things by hand:
 * `node sandbox/server.ts [--facts-file FILE] [--for-seconds N]`. The file is not called an env file
 * because Node takes `--env-file` for its own, even behind the script's name.
 */
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startControlPlane } from './control-plane.ts';
import { startSandbox } from './index.ts';

/** setTimeout's own limit; anything over it would fire at once. */
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

/** How often it is looked whether npm is still there. */
const PARENT_CHECK_MS = 250;

/**
 * Calls back when the parent process is gone, if that is npm's: npm hands SIGTERM to the shell between it and
 * Node, which dies of it and tells nobody. Any other parent, like the shell of a CI step, may go.
 */
function whenNpmIsGone(tell: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && tell(), PARENT_CHECK_MS);
}

/** Settles when the process is asked to end, when its time is up, and when npm started it and is gone. */
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
// From now on: npm may be gone by the time that the lines are read.
const told = untilTold(forMs);
const sandbox = await startSandbox();
// Two resolvers, so that a quorum has something to decide.
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
// Printed last: whoever waits for these lines may count on the file.
process.stdout.write(lines.join(''));

await told;
await control[Symbol.asyncDispose]();
await sandbox.close();
