import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingPrograms, mustHaveRealDns } from '../real/dns-worlds.ts';

const NAMESPACE = `sso-test-${process.pid}`;
const WORLD = fileURLToPath(new URL('../real/namespace-world.ts', import.meta.url));

/** Only root may make a network namespace, and only with iproute2. */
function whyNot(): string | undefined {
  const missing = missingPrograms();
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  try {
    execFileSync('ip', ['netns', 'add', NAMESPACE], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no network namespace can be made: it takes root and iproute2';
  }
}

const reason = whyNot();
const isSkipped = reason !== undefined && !mustHaveRealDns();
if (isSkipped) console.log(`Skipped, ${reason} (discovery of authoritative servers on port 53)`);

describe.skipIf(isSkipped)('authoritative-servers: auto, with real servers on port 53', () => {
  beforeAll(() => {
    expect(reason).toBeUndefined();
    execFileSync('ip', ['-n', NAMESPACE, 'link', 'set', 'lo', 'up']);
  });
  afterAll(() => {
    if (reason === undefined) execFileSync('ip', ['netns', 'del', NAMESPACE]);
  });

  it('finds the servers through the resolver, without asking that one for the record too early', async () => {
    const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', NAMESPACE, process.execPath, WORLD]);
    const world = JSON.parse(stdout);
    expect(world.stdout).toContain(
      'Asking the authoritative servers of company.example: ns1.company.example (127.0.0.53)',
    );
    expect(world).toMatchObject({
      exitCode: 0,
      outputs: { 'dns-visible': 'true' },
      questions: { before: 0, after: 1 },
    });
    expect(JSON.parse(world.outputs['dns-report'])).toMatchObject({
      zone: 'company.example',
      authoritative: true,
    });
  });
});
