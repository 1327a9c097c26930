import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ServerEndpoint } from '../../domain/dns-server.ts';
import { askOverStream } from './stream.ts';
import type { Transport } from './transport.ts';

/**
 * DNS over TLS (RFC 7858) with a certificate that must match: the server's name, or its IP address where it is
 * known by nothing else.
 *
 * @param ca certificate authorities in PEM instead of those of Node.js, for tests
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

/** What a TLS connection to the endpoint is checked by. An IP address is never sent as SNI (RFC 6066, section 3). */
export function tlsOptions({ host, serverName }: ServerEndpoint, ca: string | undefined) {
  return { servername: serverName ?? (isIP(host) === 0 ? host : ''), ...(ca !== undefined && { ca }) };
}
