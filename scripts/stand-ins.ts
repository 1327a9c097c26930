/**
 * Lays out in lib/ what the bundler finds instead of packages that nobody here needs: a copy of @actions/core, with the
 * stand-ins of stubs/ for what it imports at its top. Only the bundle has them; what npm installs stays as it is.
 */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What only @actions/core gets a stand-in for, and where that is. */
const STAND_INS = { exec: 'stubs/actions-exec', 'http-client': 'stubs/actions-http-client' } as const;

const core = 'lib/node_modules/@actions/core';
cpSync('node_modules/@actions/core', core, { recursive: true });
const inside = join(core, 'node_modules/@actions');
mkdirSync(inside, { recursive: true });
for (const [name, folder] of Object.entries(STAND_INS))
  symlinkSync(relative(inside, folder), join(inside, name));

// Without a type the bundler makes CommonJS, which Node.js starts faster than modules: see docs/performance.md.
writeFileSync('lib/package.json', '{}\n');
