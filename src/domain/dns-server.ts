/** Where a query goes. */
export interface ServerEndpoint {
  /** An IP address; for HTTPS and TLS also a name, which the machine's own resolver then looks up. */
  readonly host: string;
  readonly port: number;
  /** TLS: the name that the certificate must have. Without it the host itself, name or IP address. */
  readonly serverName?: string;
  /** HTTPS: the path of the resource. */
  readonly path?: string;
}

/** An IP address and a port. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** How a server is spoken to; `auto` starts with UDP and falls back. */
export type TransportName = 'auto' | 'udp' | 'tcp' | 'tls' | 'https';

/** A public resolver as the `resolvers` input names it. */
export interface ResolverSpec {
  /** As given, for logs and reports. */
  readonly label: string;
  readonly transport: TransportName;
  /** Several addresses of one anycast service; each is as good as the other. */
  readonly addresses: readonly ServerEndpoint[];
  /** With `auto`: where the same service is found by HTTPS, for networks that block port 53. */
  readonly https?: readonly ServerEndpoint[];
  /** Its answer must be in the quorum: Cloudflare itself verifies through this service. */
  readonly required: boolean;
}

/** What a server is for: it has the zone itself, or answers from a cache (RFC 9499). */
export type ServerRole = 'authoritative' | 'resolver';

/** What carried a query. */
export type WireTransport = 'udp' | 'tcp' | 'tls' | 'https';
