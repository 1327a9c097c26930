import { parseResolver, parseSocketAddress } from '../../dns/client/servers.ts';
import type { ResolverSpec } from '../../domain/dns-server.ts';
import { InputError } from '../../domain/errors.ts';
import type { DnsSettings } from '../../domain/settings.ts';
import { readAll } from './read-all.ts';
import { problem, read, readList } from './values.ts';

/** Which servers are asked, and how many must agree. */
export function readDnsSettings(): DnsSettings {
  return readAll<DnsSettings>({
    resolvers: readResolvers,
    quorum: () => readQuorum(readResolvers().length),
    authoritativeServers: readAuthoritativeServers,
  });
}

function readResolvers(): readonly ResolverSpec[] {
  const hint =
    'Use names (cloudflare, google, quad9, opendns), IP addresses with an optional port, or udp://, tcp://, tls:// and https:// URLs.';
  const resolvers = new Map<string, ResolverSpec>();
  for (const text of readList('resolvers')) {
    const resolver = parseResolver(text);
    if (resolver === undefined) throw problem('resolvers', text, 'is not a resolver', hint);
    resolvers.set(resolver.label, resolver);
  }
  if (resolvers.size === 0) throw new InputError('Input resolvers names no resolver.', { hint });
  return [...resolvers.values()];
}

function readQuorum(resolverCount: number): number {
  const text = read('quorum') ?? '';
  if (text === 'majority') return Math.floor(resolverCount / 2) + 1;
  if (text === 'all') return resolverCount;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= resolverCount) return count;
  const what =
    count > resolverCount ? `is more than the ${resolverCount} resolvers there are` : 'is not a quorum';
  throw problem('quorum', text, what, `Use majority, all, or a number from 1 to ${resolverCount}.`);
}

/** The servers to ask in place of those found through DNS. */
export function readAuthoritativeServers(): DnsSettings['authoritativeServers'] {
  const texts = readList('authoritative-servers');
  const [first] = texts;
  if (texts.length === 1 && (first === 'auto' || first === 'off')) return first;
  return texts.map((text) => {
    const address = parseSocketAddress(text, 53);
    if (address !== undefined) return address;
    throw problem(
      'authoritative-servers',
      text,
      'is not the address of a server',
      'Use auto, off, or IP addresses with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.',
    );
  });
}
