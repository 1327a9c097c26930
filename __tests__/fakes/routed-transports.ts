import { tcp } from '../../src/dns/transports/tcp.ts';
import type { Transport } from '../../src/dns/transports/transport.ts';
import { udp } from '../../src/dns/transports/udp.ts';
import type { ServerEndpoint } from '../../src/domain/dns-server.ts';

/** Where an address leads: to `address:port` on loopback, or to several of them in turn for an anycast address. */
export type Routes = Readonly<Record<string, string | readonly string[]>>;

/** Real transports that route public addresses to loopback, so that test zones can use realistic addresses. */
export function routedTransports(routes: Routes): Readonly<Record<'udp' | 'tcp', Transport>> {
  const turns = new Map<string, number>();
  const lead = (endpoint: ServerEndpoint): ServerEndpoint => {
    const backends = [routes[endpoint.host] ?? []].flat();
    const turn = turns.get(endpoint.host) ?? 0;
    turns.set(endpoint.host, turn + 1);
    const [host, port] = backends[turn % backends.length]?.split(':') ?? [];
    return host === undefined ? endpoint : { ...endpoint, host, port: Number(port) };
  };
  const routed =
    (transport: Transport): Transport =>
    (query, endpoint, limits) => {
      const target = lead(endpoint);
      if (!target.host.startsWith('127.')) return Promise.resolve({ ok: false, silence: 'unreachable' });
      return transport(query, target, limits);
    };
  return { udp: routed(udp), tcp: routed(tcp) };
}
