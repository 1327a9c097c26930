import { Resolver } from 'node:dns/promises';
import { isNetworkFault } from '../../http/network-error.ts';

const TIMEOUT_MS = 2000;

/**
 * The name servers of a zone by the machine's own resolver; `undefined` when it gives no answer, which says
 * nothing: many runners' resolvers forward only addresses.
 */
export async function systemNameServers(zone: string): Promise<readonly string[] | undefined> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  try {
    const names = await resolver.resolveNs(zone);
    return names.map((name) => name.toLowerCase());
  } catch (error) {
    if (!isNetworkFault(error)) throw error;
    return undefined;
  }
}
