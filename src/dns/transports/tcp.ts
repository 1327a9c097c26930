import { connect } from 'node:net';
import { askOverStream } from './stream.ts';
import type { Transport } from './transport.ts';

/** DNS over TCP (RFC 7766). */
export const tcp: Transport = (query, { host, port }, limits) =>
  askOverStream(query, limits, 'connect', () => connect({ host, port }));
