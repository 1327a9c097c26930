import { BlockList } from 'node:net';
import type {
  ResolverSpec,
  ServerEndpoint,
  ServerRole,
  SocketAddress,
  TransportName,
} from '../../domain/dns-server.ts';
import { ipFamily } from '../../text/ip-family.ts';

/** A public resolver. Its addresses also serve HTTPS and TLS, so its names need no lookup. */
interface KnownResolver {
  readonly addresses: readonly string[];
  readonly httpsName: string;
  readonly tlsName: string;
}

const CLOUDFLARE_IPV4 = ['1.1.1.1', '1.0.0.1'] as const;

const KNOWN_RESOLVERS: ReadonlyMap<string, KnownResolver> = new Map([
  ['cloudflare', { addresses: CLOUDFLARE_IPV4, httpsName: 'cloudflare-dns.com', tlsName: 'one.one.one.one' }],
  ['google', { addresses: ['8.8.8.8', '8.8.4.4'], httpsName: 'dns.google', tlsName: 'dns.google' }],
  [
    'quad9',
    { addresses: ['9.9.9.9', '149.112.112.112'], httpsName: 'dns.quad9.net', tlsName: 'dns.quad9.net' },
  ],
  [
    'opendns',
    {
      addresses: ['208.67.222.222', '208.67.220.220'],
      httpsName: 'doh.umbrella.com',
      tlsName: 'dns.opendns.com',
    },
  ],
]);

/** Matches addresses however they are written. */
const CLOUDFLARE = new BlockList();
for (const host of CLOUDFLARE_IPV4) CLOUDFLARE.addAddress(host);
for (const host of ['2606:4700:4700::1111', '2606:4700:4700::1001']) CLOUDFLARE.addAddress(host, 'ipv6');

const DNS_PORT = 53;
const DEFAULT_PORTS = { udp: DNS_PORT, tcp: DNS_PORT, tls: 853, https: 443 } as const;
const DEFAULT_HTTPS_PATH = '/dns-query';

/**
 * Reads one item of the `resolvers` input: a known name, an IP address with an optional port, or a `udp://`,
 * `tcp://`, `tls://` or `https://` URL.
 *
 * @returns `undefined` for anything else
 */
export function parseResolver(text: string): ResolverSpec | undefined {
  const known = KNOWN_RESOLVERS.get(text.toLowerCase());
  if (known !== undefined) return knownResolver(text.toLowerCase(), known);
  const url = /^(udp|tcp|tls|https):\/\/(.+)$/i.exec(text);
  if (url === null) {
    const address = parseSocketAddress(text, DNS_PORT);
    return (
      address && {
        label: formatSocketAddress(address),
        transport: 'auto',
        addresses: [address],
        required: isCloudflare(address),
      }
    );
  }
  const scheme = url[1]?.toLowerCase() as keyof typeof DEFAULT_PORTS;
  return scheme === 'tls' || scheme === 'https'
    ? encryptedResolver(scheme, text)
    : plainResolver(scheme, url[2] ?? '');
}

function knownResolver(label: string, { addresses, httpsName }: KnownResolver): ResolverSpec {
  return {
    label,
    transport: 'auto',
    addresses: addresses.map((host) => ({ host, port: DNS_PORT })),
    https: addresses.map((host) => ({ host, port: 443, serverName: httpsName, path: DEFAULT_HTTPS_PATH })),
    required: label === 'cloudflare',
  };
}

function plainResolver(transport: 'udp' | 'tcp', text: string): ResolverSpec | undefined {
  const address = parseSocketAddress(text, DNS_PORT);
  if (address === undefined) return undefined;
  const label = `${transport}://${formatSocketAddress(address)}`;
  return { label, transport, addresses: [address], required: isCloudflare(address) };
}

/** The certificate must be for the host in the URL, name or IP address. The names of known resolvers need no lookup. */
function encryptedResolver(transport: 'tls' | 'https', text: string): ResolverSpec | undefined {
  const url = URL.parse(text.replace(/^tls:/i, 'https:'));
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '' || url.hash !== '')
    return undefined;
  if (transport === 'tls' && (url.pathname !== '/' || url.search !== '')) return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // Parsing as an https: URL drops the port when it is 443.
  const givenPort = url.port === '' && /:0*443\/?$/.test(text) ? '443' : url.port;
  const port = givenPort === '' ? DEFAULT_PORTS[transport] : Number(givenPort);
  if (port === 0) return undefined;
  const resource = url.pathname === '/' ? DEFAULT_HTTPS_PATH : url.pathname;
  const path = transport === 'https' ? { path: `${resource}${url.search}` } : {};
  const known = [...KNOWN_RESOLVERS.values()].find(
    ({ httpsName, tlsName }) => host === httpsName || host === tlsName,
  );
  const addresses = known
    ? known.addresses.map((address) => ({ host: address, port, serverName: host, ...path }))
    : [{ host, port, ...path }];
  const shownPort = port === DEFAULT_PORTS[transport] ? '' : `:${port}`;
  const label = `${transport}://${url.hostname}${shownPort}${transport === 'https' && resource !== DEFAULT_HTTPS_PATH ? resource : ''}`;
  return { label, transport, addresses, required: addresses.some(isCloudflare) };
}

function isCloudflare({ host }: SocketAddress): boolean {
  const family = ipFamily(host);
  return family !== 0 && CLOUDFLARE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Reads `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`. */
export function parseSocketAddress(text: string, defaultPort: number): SocketAddress | undefined {
  if (ipFamily(text) !== 0) return { host: text, port: defaultPort };
  const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  if (host === undefined || ipFamily(host) !== (parts?.[1] === undefined ? 4 : 6)) return undefined;
  const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** The address as an input has it, with the port unless that is 53. */
export function formatSocketAddress({ host, port }: SocketAddress): string {
  if (port === DNS_PORT) return host;
  return ipFamily(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/** One server that can be asked. */
export interface DnsServer {
  /** The name that people read; unique among the servers of a wait. */
  readonly label: string;
  readonly role: ServerRole;
  readonly transport: TransportName;
  readonly addresses: readonly ServerEndpoint[];
  /** With `auto`: tried when UDP and TCP fail. */
  readonly https?: readonly ServerEndpoint[];
  /** Its name in the NS record that led to it. */
  readonly nameServer?: string;
}

/** The resolver as a server that can be asked. */
export function resolverServer({ label, transport, addresses, https }: ResolverSpec): DnsServer {
  return { label, role: 'resolver', transport, addresses, ...(https !== undefined && { https }) };
}

/** An authoritative server that can be asked; `nameServer` is its name in the NS record. */
export function authoritativeServer(address: SocketAddress, nameServer?: string): DnsServer {
  const shown = formatSocketAddress(address);
  const label = nameServer === undefined ? shown : `${nameServer} (${shown})`;
  const known = nameServer === undefined ? {} : { nameServer };
  return { label, role: 'authoritative', transport: 'auto', addresses: [address], ...known };
}
