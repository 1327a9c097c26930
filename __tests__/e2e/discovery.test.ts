import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNetworkNamespace } from '../real/network-namespace.ts';

const WORLD = fileURLToPath(new URL('../real/namespace-world.ts', import.meta.url));

const network = makeNetworkNamespace('discovery', 'discovery of authoritative servers on port 53');

describe.skipIf(network.isSkipped)('authoritative-servers: auto, with real servers on port 53', () => {
  beforeAll(() => expect(network.reason).toBeUndefined());
  afterAll(() => network.remove());

  it('finds the servers through the resolver, without asking that one for the record too early', async () => {
    const world = JSON.parse(await network.run(WORLD));
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
