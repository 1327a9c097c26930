/** Where in a zone the email domain is. */
import { registered, type Scenarios, SPF, zone } from './planned-domains.ts';
import { RECORD } from './scenario.ts';

/** By name. */
export const APEX_AND_BELOW = {
  apex: (at) => ({
    domain: 'apex.com',
    ...registered([zone('apex.com', at, ['nsd', 'named'])], at),
    publication: { 'apex.com': [`@ ${RECORD}`] },
  }),
  'apex without any TXT record, in a signed zone': (at) => ({
    domain: 'bare.example',
    ...registered([{ ...zone('bare.example', at, ['nsd'], []), signatures: 'valid' }], at),
    publication: { 'bare.example': [`@ ${RECORD}`] },
  }),
  'new sub-domain': (at) => ({
    domain: 'mail.sub.test',
    ...registered([zone('sub.test', at, ['nsd'])], at),
    publication: { 'sub.test': [`mail ${RECORD}`] },
  }),
  'new sub-domain below co.uk, with name servers elsewhere': (at) => {
    const host = registered([zone('dns-host.net', at, ['named'])], at);
    const origin = 'firm.co.uk';
    const ns = 'NS ns-named.dns-host.net.';
    return {
      domain: `mail.${origin}`,
      own: [origin],
      zones: [...host.zones, { origin, servers: ['named'], records: [`@ ${ns}`, SPF] }],
      delegations: { ...host.delegations, 'co.uk': [`firm ${ns}`] },
      publication: { [origin]: [`mail ${RECORD}`] },
    };
  },
  // The NSEC record that denies an IPv6 address of the apex, the name server, denies every name up to `zebra`.
  'new sub-domain in a signed zone': (at) => ({
    domain: 'post.signed.example',
    own: ['signed.example'],
    zones: [
      {
        origin: 'signed.example',
        servers: ['named'],
        records: ['@ NS @', `@ A ${at.named}`, SPF, 'zebra A 127.0.0.1'],
        signatures: 'valid',
      },
    ],
    delegations: { example: ['signed NS signed', `signed A ${at.named}`] },
    publication: { 'signed.example': [`post ${RECORD}`] },
  }),
  // The NSEC record that denies any type denies TXT too.
  'sub-domain with an address, in a signed zone': (at) => ({
    domain: 'www.known.example',
    ...registered([{ ...zone('known.example', at, ['nsd'], ['www A 127.0.0.1']), signatures: 'valid' }], at),
    publication: { 'known.example': [`www ${RECORD}`] },
  }),
  'empty non-terminal': (at) => ({
    domain: 'between.ent.test',
    ...registered([zone('ent.test', at, ['named'], [SPF, 'host.between A 127.0.0.1'])], at),
    publication: { 'ent.test': [`between ${RECORD}`] },
  }),
  'delegated sub-domain': (at) => {
    const parent = zone('parent.net', at, ['nsd'], ['mail NS ns.mail', `ns.mail A ${at.named}`]);
    const child = [`@ NS ns`, `ns A ${at.named}`];
    const domains = registered([parent], at);
    return {
      domain: 'mail.parent.net',
      ...domains,
      zones: [...domains.zones, { origin: 'mail.parent.net', servers: ['named'], records: child }],
      publication: { 'mail.parent.net': [`@ ${RECORD}`] },
    };
  },
  'delegated sub-domain whose zone has no address of its name server': (at) => {
    const parent = zone('glue.com', at, ['named'], ['mail NS ns.mail', `ns.mail A ${at.nsd}`]);
    const domains = registered([parent], at);
    return {
      domain: 'mail.glue.com',
      ...domains,
      zones: [...domains.zones, { origin: 'mail.glue.com', servers: ['nsd'], records: ['@ NS ns'] }],
      publication: { 'mail.glue.com': [`@ ${RECORD}`] },
    };
  },
  // Its servers never refer to it: they answer for it.
  'delegated sub-domain on the servers of its parent zone': (at) => {
    const parent = zone('both.com', at, ['nsd'], ['mail NS ns-nsd']);
    const domains = registered([parent], at);
    const child = ['@ NS ns-nsd.both.com.'];
    return {
      domain: 'mail.both.com',
      ...domains,
      zones: [...domains.zones, { origin: 'mail.both.com', servers: ['nsd'], records: child }],
      publication: { 'mail.both.com': [`@ ${RECORD}`] },
    };
  },
  'name below a delegated sub-domain': (at) => {
    const parent = zone('deep.test', at, ['named'], ['lab NS ns.lab', `ns.lab A ${at.nsd}`]);
    const child = ['@ NS ns', `ns A ${at.nsd}`];
    const domains = registered([parent], at);
    return {
      domain: 'mail.eu.lab.deep.test',
      ...domains,
      zones: [...domains.zones, { origin: 'lab.deep.test', servers: ['nsd'], records: child }],
      publication: { 'lab.deep.test': [`mail.eu ${RECORD}`] },
    };
  },
  'parent still delegates to the former provider': (at) => {
    const providers = [zone('old-host.net', at, ['nsd']), zone('new-host.net', at, ['named'])];
    const hosts = registered(providers, at);
    const origin = 'moved.com';
    const records = ['@ NS ns-named.new-host.net.'];
    return {
      domain: origin,
      own: [origin],
      zones: [
        ...hosts.zones,
        { origin, servers: ['nsd'], records },
        { origin, servers: ['named'], records: [...records, `@ ${RECORD}`] },
      ],
      delegations: { ...hosts.delegations, com: ['moved NS ns-nsd.old-host.net.'] },
      earlier: {
        // Each learns from the former provider that there is no such record.
        questions: [
          { resolver: 'bind', name: origin },
          { resolver: 'unbound', name: origin },
        ],
      },
      inputs: { timeout: '0', 'on-timeout': 'continue' },
    };
  },
  'check of a record that is gone': (at) => ({
    domain: 'mail.gone.test',
    ...registered([zone('gone.test', at, ['named'])], at),
    mode: 'check',
    inputs: { 'fail-on-drift': 'false' },
  }),
  'create that writes all TXT values of the name': (at) => ({
    domain: 'mail.values.test',
    ...registered([zone('values.test', at, ['nsd'], ['mail TXT "v=spf1 mx -all"'])], at),
    mode: 'create',
    inputs: { 'record-format': 'tfvars', 'record-file': 'sso.auto.tfvars.json' },
  }),
} satisfies Scenarios;
