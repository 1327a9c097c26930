/** Stands in for actions/download-artifact. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

const target = join(env.GITHUB_WORKSPACE, env.INPUT_PATH);
cpSync(join(env.STAND_IN_ARTIFACTS, env.INPUT_NAME), target, { recursive: true });
