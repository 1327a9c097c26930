import { isIP } from 'node:net';

/** An IP address and a port. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** How a server is spoken to; `auto` starts with UDP and falls back. */
export type TransportName = 'auto' | 'udp' | 'tcp';

/** A public resolver as the `resolvers` input names it. */
export interface ResolverSpec {
  /** As given, for logs and reports. */
  readonly label: string;
  readonly transport: TransportName;
  /** Several addresses of one anycast service; each is as good as the other. */
  readonly addresses: readonly SocketAddress[];
  /** Its answer must be in the quorum: Cloudflare itself verifies through this service. */
  readonly required: boolean;
}

const KNOWN_RESOLVERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cloudflare', ['1.1.1.1', '1.0.0.1']],
  ['google', ['8.8.8.8', '8.8.4.4']],
  ['quad9', ['9.9.9.9', '149.112.112.112']],
  ['opendns', ['208.67.222.222', '208.67.220.220']],
]);

const DNS_PORT = 53;

/**
 * Reads one item of the `resolvers` input: a known name, an IP address with an optional port, or a
 * `udp://` or `tcp://` URL of one.
 *
 * @returns `undefined` when it is none of these
 */
export function parseResolver(text: string): ResolverSpec | undefined {
  const known = KNOWN_RESOLVERS.get(text.toLowerCase());
  if (known !== undefined) {
    const label = text.toLowerCase();
    const addresses = known.map((host) => ({ host, port: DNS_PORT }));
    return { label, transport: 'auto', addresses, required: label === 'cloudflare' };
  }
  const scheme = /^(udp|tcp):\/\/(.*)$/i.exec(text);
  const address = parseSocketAddress(scheme?.[2] ?? text, DNS_PORT);
  if (address === undefined) return undefined;
  const transport = scheme?.[1]?.toLowerCase() === 'tcp' ? 'tcp' : scheme === null ? 'auto' : 'udp';
  const required = KNOWN_RESOLVERS.get('cloudflare')?.includes(address.host) ?? false;
  const label =
    scheme === null ? formatSocketAddress(address) : `${transport}://${formatSocketAddress(address)}`;
  return { label, transport, addresses: [address], required };
}

/** Reads `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`. */
export function parseSocketAddress(text: string, defaultPort: number): SocketAddress | undefined {
  if (isIP(text) !== 0) return { host: text, port: defaultPort };
  const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  if (host === undefined || isIP(host) !== (parts?.[1] === undefined ? 4 : 6)) return undefined;
  const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** The address as it is written in an input; the port only where it is not 53. */
export function formatSocketAddress({ host, port }: SocketAddress): string {
  if (port === DNS_PORT) return host;
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/** One server as it is asked. */
export interface DnsServer {
  /** Unique among the servers of a wait; what a person reads. */
  readonly label: string;
  readonly role: 'authoritative' | 'resolver';
  readonly transport: TransportName;
  readonly addresses: readonly SocketAddress[];
}

/** A resolver as it is asked. */
export function resolverServer({ label, transport, addresses }: ResolverSpec): DnsServer {
  return { label, role: 'resolver', transport, addresses };
}

/** An authoritative server as it is asked; `nameServer` is the name that the NS record gave. */
export function authoritativeServer(address: SocketAddress, nameServer?: string): DnsServer {
  const shown = formatSocketAddress(address);
  const label = nameServer === undefined ? shown : `${nameServer} (${shown})`;
  return { label, role: 'authoritative', transport: 'auto', addresses: [address] };
}
