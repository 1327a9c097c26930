/**
 * Has act run every complete workflow, twice each: `npm run test:runner`. It takes act from the variable ACT or from
 * PATH. The tests, the sandbox and act are in a network namespace that has no interface but loopback, so nothing of
 * GitHub can be asked for; all that act tries there is to find an address of its own, in vain. Without act it says so,
 * and fails where CI is "true".
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, exit, getuid } from 'node:process';

/** `.ci/run` builds it. */
const ACT_VERSION = 'act version 0.2.89';

const act = env.ACT ?? findOnPath('act');
if (act === undefined) {
  console.error('No workflow is run by a real runner: there is no act here. .ci/run builds it if it has Go.');
  exit(env.CI === 'true' ? 1 : 0);
}
const { stdout: version, error } = spawnSync(act, ['--version'], {
  encoding: 'utf8',
  // Else act asks its website for news.
  env: { ...env, ACT_DISABLE_VERSION_CHECK: '1' },
});
if (version?.trim() !== ACT_VERSION) {
  throw new Error(`${act} is "${version?.trim()}", and the tests are written for "${ACT_VERSION}"`, {
    cause: error,
  });
}
const asRoot = getuid?.() === 0 ? [] : ['--map-root-user'];
const script = 'ip link set lo up && exec vitest run';
const { status } = spawnSync('unshare', [...asRoot, '--net', 'sh', '-c', script], {
  env: { ...env, ACT: act },
  stdio: 'inherit',
});
// Null when it could not be started or was killed.
exit(status ?? 1);

function findOnPath(program) {
  const paths = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
