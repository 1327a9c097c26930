/** The address that a DNS query goes to. */
export interface ServerEndpoint {
  /** An IP address; with HTTPS and TLS also a name, which this machine's own resolver looks up. */
  readonly host: string;
  readonly port: number;
  /** TLS: the name in the certificate, if it is not `host`. */
  readonly serverName?: string;
  /** HTTPS: the path of the resource. */
  readonly path?: string;
}

/** An IP address and a port. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** How a server is asked; `auto` starts with UDP and falls back to TCP and HTTPS. */
export type TransportName = 'auto' | 'udp' | 'tcp' | 'tls' | 'https';

/** A resolver as the `resolvers` input names it. */
export interface ResolverSpec {
  /** As given, for logs and reports. */
  readonly label: string;
  readonly transport: TransportName;
  /** Equivalent addresses of one service. */
  readonly addresses: readonly ServerEndpoint[];
  /** With `auto`: the same service over HTTPS, for networks that block port 53. */
  readonly https?: readonly ServerEndpoint[];
  /** It must be part of the quorum: true for Cloudflare's own resolver. */
  readonly required: boolean;
}

/** Whether a server has the zone itself or answers from a cache (RFC 9499). */
export type ServerRole = 'authoritative' | 'resolver';

/** The transport of one query. */
export type WireTransport = 'udp' | 'tcp' | 'tls' | 'https';
