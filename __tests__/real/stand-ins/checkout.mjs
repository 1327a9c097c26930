/** Stands in for actions/checkout: brings the files of the repository that the test keeps, and remembers them. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

for (const target of [env.GITHUB_WORKSPACE, join(env.RUNNER_TEMP, 'base')]) {
  cpSync(env.STAND_IN_REPOSITORY, target, { recursive: true });
}
