import { expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { preload } from '../real/preload.ts';

it('an older Node.js is refused with one line that says what is needed, before anything is sent', async () => {
  const sandbox = await startSandbox();
  try {
    const result = await runStep({
      with: { mode: 'create', 'email-domain': 'example.com', 'api-url': sandbox.apiUrl },
      env: {
        CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
        CLOUDFLARE_API_TOKEN: sandbox.apiToken,
        NODE_OPTIONS: preload(new URL('../fakes/old-node.mjs', import.meta.url)),
      },
    });
    expect(result).toMatchObject({ exitCode: 1, outputs: {}, stderr: '' });
    expect(result.stdout.trim().split('\n')).toEqual([expect.stringMatching(/^::error::.*Node\.js 24/)]);
    expect(result.stdout).toContain('20.20.2');
    expect(result.stdout).toContain('2.327.1');
    expect(sandbox.api.requests).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
