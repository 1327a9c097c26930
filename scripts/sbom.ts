/**
 * Prints the bill of materials of what users run, in CycloneDX. `npm sbom --omit=dev` alone leaves out a package that
 * both the action and a development tool need (https://github.com/npm/cli/issues/7909), so npm sees a copy of the
 * manifest that has no development tools.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { devDependencies, ...manifest } = JSON.parse(readFileSync('package.json', 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'sbom-'));
// npm takes the name of the product from the folder.
const folder = join(temporary, manifest.name);
try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const path of ['package-lock.json', 'stubs']) cpSync(path, join(folder, path), { recursive: true });
  npm('install', '--package-lock-only', '--ignore-scripts', '--offline', '--no-audit');
  process.stdout.write(
    npm('sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'),
  );
} finally {
  rmSync(temporary, { recursive: true });
}

function npm(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
