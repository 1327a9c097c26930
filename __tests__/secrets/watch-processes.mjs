/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): tells on standard error of
 * every process that it starts, each of which would inherit the secrets.
 */
import childProcess, { ChildProcess } from 'node:child_process';
import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

function watch(owner, name) {
  const start = owner[name];
  owner[name] = function watched(...parameters) {
    writeSync(2, 'the action has started a process\n');
    return start.apply(this, parameters);
  };
}

watch(ChildProcess.prototype, 'spawn');
for (const name of ['spawnSync', 'execSync', 'execFileSync']) watch(childProcess, name);
syncBuiltinESMExports();
