import { fileURLToPath } from 'node:url';
import { makeNetworkNamespace } from '../__tests__/real/network-namespace.ts';
import type { LagRow } from './lag.ts';

const WORLD = fileURLToPath(new URL('sub-domain-world.ts', import.meta.url));

/**
 * Every strategy for a name that does not exist yet, below a registered domain. The action has to find the authoritative
 * server, which it does on port 53: all of this is in a network namespace.
 *
 * @throws Error when this machine cannot make one
 */
export async function measureSubDomain(ttls: readonly number[], repeats: number): Promise<readonly LagRow[]> {
  const network = makeNetworkNamespace('bench', 'lag below a registered domain');
  if (network.reason !== undefined) throw new Error(network.reason);
  try {
    return JSON.parse(await network.run(WORLD, [ttls.join(), String(repeats)]));
  } finally {
    network.remove();
  }
}
