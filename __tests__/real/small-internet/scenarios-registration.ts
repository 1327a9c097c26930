/** Whether the domain is registered, and what resolvers believe about it. */
import { type DnsQuery, encodeResponse } from '../../../sandbox/dns/message.ts';
import type { Meddling } from '../../../sandbox/dns/recorder.ts';
import { registered, type Scenarios, SPF, zone } from './planned-domains.ts';
import { type PlannedResolver, RECORD } from './scenario.ts';

const UDP_BYTES = 1232;
const ONE_LOOK = { timeout: '0', 'on-timeout': 'continue' };

/** A resolver of its own kind first, then two that are sound: a majority. */
function firstOfThree(
  meddling: Meddling,
  make: PlannedResolver['make'] = 'bind',
): readonly PlannedResolver[] {
  return [{ make, ...meddling }, { make: 'unbound' }, { make: 'unbound' }];
}

/** Denies a domain and what is below it without a SOA record, as a filter does. */
const denying = (domain: string): Meddling => ({
  answer: (query) =>
    `.${query.question.name}`.toLowerCase().endsWith(`.${domain}`)
      ? encodeResponse(query, { rcode: 'NXDOMAIN', ra: true }, UDP_BYTES)
      : undefined,
});

/** Answers every question with NOERROR and nothing else. */
const SAYING_NOTHING: Meddling = {
  answer: (query) => encodeResponse(query, { rcode: 'NOERROR', ra: true }, UDP_BYTES),
};

/** Says with authority, so many times, that nothing is registered: not every server has the delegation yet. */
function lagging(registry: string, times: number): (query: DnsQuery) => Buffer | undefined {
  const numbers = { serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: 3600 };
  const data = { mname: 'ns.invalid', rname: 'hostmaster.invalid', ...numbers };
  const authorities = [{ type: 'SOA' as const, name: registry, ttl: 3600, data }];
  let left = times;
  return (query) =>
    left-- > 0 ? encodeResponse(query, { rcode: 'NXDOMAIN', aa: true, authorities }, UDP_BYTES) : undefined;
}

const REFUSING: Meddling = {
  answer: (query) => encodeResponse(query, { rcode: 'REFUSED', ra: true }, UDP_BYTES),
};

/** Knows nothing of the root and of top-level domains, as behind a firewall that passes only some names. */
const WITHOUT_TOP: Meddling = {
  answer: (query) =>
    /[^.]\.[^.]/.test(query.question.name)
      ? undefined
      : encodeResponse(query, { rcode: 'SERVFAIL', ra: true }, UDP_BYTES),
};

/** By name. */
export const REGISTRATION = {
  'first resolver slow': (at) => ({
    domain: 'mail.slow.test',
    ...registered([zone('slow.test', at, ['nsd'])], at),
    resolvers: firstOfThree({ delayMs: 3000 }),
    publication: { 'slow.test': [`mail ${RECORD}`] },
  }),
  'first resolver denies a domain that was registered a minute ago': (at) => {
    const { delegations, ...domains } = registered([zone('fresh.com', at, ['nsd', 'named'])], at);
    return {
      domain: 'fresh.com',
      ...domains,
      resolvers: firstOfThree({}),
      earlier: { questions: [{ resolver: 'bind', name: 'fresh.com' }], additions: delegations },
      publication: { 'fresh.com': [`@ ${RECORD}`] },
    };
  },
  'first resolver filters the domain': (at) => ({
    domain: 'filtered.com',
    ...registered([zone('filtered.com', at, ['named'])], at),
    resolvers: firstOfThree(denying('filtered.com')),
    publication: { 'filtered.com': [`@ ${RECORD}`] },
  }),
  'first resolver says nothing about anything': (at) => ({
    domain: 'mail.mute.com',
    ...registered([zone('mute.com', at, ['nsd'])], at),
    resolvers: firstOfThree(SAYING_NOTHING),
    publication: { 'mute.com': [`mail ${RECORD}`] },
  }),
  'first resolver refuses everything': (at) => ({
    domain: 'mail.refused.com',
    ...registered([zone('refused.com', at, ['named'])], at),
    resolvers: firstOfThree(REFUSING),
    publication: { 'refused.com': [`mail ${RECORD}`] },
  }),
  'no resolver knows a top-level domain': (at) => {
    const host = registered([zone('inner-host.net', at, ['nsd'])], at);
    const origin = 'inner.com';
    const ns = 'NS ns-nsd.inner-host.net.';
    return {
      domain: `mail.${origin}`,
      own: [`mail.${origin}`],
      zones: [...host.zones, { origin, servers: ['nsd'], records: [`@ ${ns}`, SPF] }],
      delegations: { ...host.delegations, com: [`inner ${ns}`] },
      resolvers: [
        { make: 'bind', ...WITHOUT_TOP },
        { make: 'unbound', ...WITHOUT_TOP },
      ],
      publication: { [origin]: [`mail ${RECORD}`] },
    };
  },
  'both servers of the registry have not got the delegation yet': (at) => ({
    domain: 'lagging.net',
    ...registered([zone('lagging.net', at, ['nsd'])], at),
    registries: lagging('net', 2),
    publication: { 'lagging.net': [`@ ${RECORD}`] },
  }),
  'a server of the registry has not got the delegation yet, one look': (at) => ({
    domain: 'behind.net',
    ...registered([zone('behind.net', at, ['nsd', 'named'], [`@ ${RECORD}`])], at),
    registries: lagging('net', 1),
    inputs: ONE_LOOK,
  }),
  'a server of the registry fails': (at) => ({
    domain: 'mail.failing.com',
    ...registered([zone('failing.com', at, ['named'])], at),
    registries: (query, server) =>
      server === 0 ? encodeResponse(query, { rcode: 'SERVFAIL' }, UDP_BYTES) : undefined,
    publication: { 'failing.com': [`mail ${RECORD}`] },
  }),
  'not registered': () => ({ domain: 'nobody.test', own: ['nobody.test'], inputs: ONE_LOOK }),
  'not registered, below co.uk': () => ({
    domain: 'nobody.co.uk',
    own: ['nobody.co.uk'],
    inputs: ONE_LOOK,
  }),
  'name below a domain that is not registered': () => ({
    domain: 'mail.nobody.net',
    own: ['nobody.net'],
    inputs: ONE_LOOK,
  }),
  'registered during the wait': (at) => {
    const { delegations, ...domains } = registered([zone('late.test', at, ['nsd'], [`@ ${RECORD}`])], at);
    return { domain: 'late.test', ...domains, publication: delegations, onceRegistryAsked: 'late.test' };
  },
} satisfies Scenarios;
