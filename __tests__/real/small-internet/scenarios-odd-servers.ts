/** Authoritative servers that do not answer as they should. */
import { encodeBareHeader, encodeResponse, type Rcode } from '../../../sandbox/dns/message.ts';
import type { Meddling } from '../../../sandbox/dns/recorder.ts';
import { registered, type Scenarios, zone } from './planned-domains.ts';
import { RECORD } from './scenario.ts';

const UDP_BYTES = 1232;

/** Knows no EDNS (RFC 6891, 7), and does not even give the question back. */
const WITHOUT_EDNS: Meddling = {
  answer: ({ id, edns }) => (edns === undefined ? undefined : encodeBareHeader(id, 'FORMERR')),
};

/** Serves everything but SOA. */
const withoutSoa = (rcode: Rcode): Meddling => ({
  answer: (query) =>
    query.question.type === 'SOA' ? encodeResponse(query, { rcode }, UDP_BYTES) : undefined,
});

/** By name. */
export const ODD_SERVERS = {
  'authoritative servers that answer EDNS with a bare FORMERR': (at) => ({
    domain: 'mail.no-edns.com',
    ...registered([zone('no-edns.com', at, ['nsd', 'named'])], at),
    authorities: WITHOUT_EDNS,
    publication: { 'no-edns.com': [`mail ${RECORD}`] },
  }),
  'authoritative servers that answer SERVFAIL to SOA': (at) => ({
    domain: 'mail.no-soa.com',
    ...registered([zone('no-soa.com', at, ['nsd'])], at),
    authorities: withoutSoa('SERVFAIL'),
    publication: { 'no-soa.com': [`mail ${RECORD}`] },
  }),
  'authoritative servers that answer NOTIMP to SOA': (at) => ({
    domain: 'soa-notimp.net',
    ...registered([zone('soa-notimp.net', at, ['named'])], at),
    authorities: withoutSoa('NOTIMP'),
    publication: { 'soa-notimp.net': [`@ ${RECORD}`] },
  }),
  'signatures that have expired': (at) => ({
    domain: 'bogus.example',
    ...registered([{ ...zone('bogus.example', at, ['nsd'], [`@ ${RECORD}`]), signatures: 'expired' }], at),
    inputs: { timeout: '0', 'on-timeout': 'continue' },
  }),
} satisfies Scenarios;
