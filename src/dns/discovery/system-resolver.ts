import { isNetworkFault } from '../../http/network-error.ts';

const TIMEOUT_MS = 2000;

/**
 * The zone's name servers according to this machine's own resolver; `undefined` when it gives no answer. That proves
 * nothing: the resolvers of many runners only look up addresses.
 */
export async function systemNameServers(zone: string): Promise<readonly string[] | undefined> {
  // Loaded only here: few waits ask it.
  const { Resolver } = await import('node:dns/promises');
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  try {
    const names = await resolver.resolveNs(zone);
    return names.map((name) => name.toLowerCase());
  } catch (error) {
    if (!isNetworkFault(error)) throw error;
    return undefined;
  }
}
