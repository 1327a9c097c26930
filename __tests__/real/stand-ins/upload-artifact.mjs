/** Stands in for actions/upload-artifact with several paths: keeps files by their path below the folder of all of them. */
import { cpSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { env } from 'node:process';

const patterns = env.INPUT_PATH.split('\n').filter(Boolean);
const common = dirname(patterns[0]);
for (const path of globSync(patterns, { cwd: env.GITHUB_WORKSPACE })) {
  const target = join(env.STAND_IN_ARTIFACTS, env.INPUT_NAME, relative(common, path));
  cpSync(join(env.GITHUB_WORKSPACE, path), target);
}
