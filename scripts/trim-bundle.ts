/**
 * Takes out of dist/ what no line of it uses: functions that nobody calls, branches that are never taken, comments but for
 * legal ones. Every name, and one statement a line, stay as they are, so that dist/ can be read and compared.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MinifyOptions, minify } from 'terser';

const OPTIONS: MinifyOptions = {
  toplevel: true,
  mangle: false,
  compress: {
    // Nothing but what only removes: no rule that rewrites what is left.
    defaults: false,
    dead_code: true,
    evaluate: true,
    conditionals: true,
    side_effects: true,
    unused: true,
    keep_classnames: true,
    keep_fnames: true,
    passes: 2,
  },
  // Only ASCII: Node.js reads it faster, and no character looks like another one.
  format: { ascii_only: true, beautify: true, comments: 'some', indent_level: 1 },
};

for (const file of readdirSync('dist').filter((name) => name.endsWith('.js'))) {
  const path = join('dist', file);
  const { code } = await minify({ [file]: readFileSync(path, 'utf8') }, OPTIONS);
  if (!code) throw new Error(`nothing is left of ${path}`);
  writeFileSync(path, `${code}\n`);
}

// package.json of the repository says that its files are modules; the bundle is CommonJS.
writeFileSync('dist/package.json', '{\n  "type": "commonjs"\n}\n');
