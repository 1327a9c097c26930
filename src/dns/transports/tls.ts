import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ServerEndpoint } from '../../domain/dns-server.ts';
import { askOverStream } from './stream.ts';
import type { Transport } from './transport.ts';

/**
 * DNS over TLS (RFC 7858). The certificate must match the server's name, or its IP address if it has no name.
 *
 * @param ca certificate authorities in PEM that replace those of Node.js, for tests
 */
export function createTls(ca?: string): Transport {
  return (query, endpoint, limits) =>
    askOverStream(query, limits, 'secureConnect', () =>
      connect({
        ...tlsOptions(endpoint, ca),
        host: endpoint.host,
        port: endpoint.port,
        ALPNProtocols: ['dot'],
      }),
    );
}

/** How to verify a TLS connection to the endpoint. An IP address is never sent as SNI (RFC 6066, section 3). */
export function tlsOptions({ host, serverName }: ServerEndpoint, ca: string | undefined) {
  return { servername: serverName ?? (isIP(host) === 0 ? host : ''), ...(ca !== undefined && { ca }) };
}
