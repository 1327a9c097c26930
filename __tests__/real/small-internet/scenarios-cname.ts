/** Where a CNAME leads. */
import { registered, type Scenarios, zone } from './planned-domains.ts';
import { type At, RECORD, type Scenario } from './scenario.ts';

const ONE_LOOK = { timeout: '0', 'on-timeout': 'continue' };

/** So many CNAME records in turn, in two zones on different servers, and the TXT record behind them, later or at once. */
function chain(
  label: string,
  cnames: number,
  at: At,
): Pick<Scenario, 'domain' | 'own' | 'zones' | 'delegations'> & {
  readonly end: Readonly<Record<string, readonly string[]>>;
} {
  const origins = [`${label}-a.test`, `${label}-b.net`];
  const originOf = (step: number): string => origins[step % 2] ?? '';
  const steps = Array.from({ length: cnames }, (_, step) => step);
  const linesOf = (origin: string): readonly string[] =>
    steps
      .filter((step) => originOf(step) === origin)
      .map((step) => `c${step} CNAME c${step + 1}.${originOf(step + 1)}.`);
  const [first = '', second = ''] = origins;
  const zones = [zone(first, at, ['nsd'], linesOf(first)), zone(second, at, ['named'], linesOf(second))];
  return {
    domain: `c0.${first}`,
    ...registered(zones, at),
    end: { [originOf(cnames)]: [`c${cnames} ${RECORD}`] },
  };
}

/** By name. */
export const CNAMES = {
  'CNAME to a zone on other servers': (at) => {
    const { end, ...world } = chain('one', 1, at);
    return { ...world, publication: end };
  },
  'eight CNAME records in turn': (at) => {
    const { end, ...world } = chain('eight', 8, at);
    return { ...world, publication: end };
  },
  // As for acme-dns: only what one program may change is delegated to it.
  'CNAME to a delegated sub-domain of the same domain': (at) => {
    const delegation = ['codes NS ns.codes', `ns.codes A ${at.named}`, 'mail CNAME mail.codes'];
    const domains = registered([zone('dyn.test', at, ['nsd'], delegation)], at);
    const child = ['@ NS ns', `ns A ${at.named}`];
    return {
      domain: 'mail.dyn.test',
      ...domains,
      zones: [...domains.zones, { origin: 'codes.dyn.test', servers: ['named'], records: child }],
      publication: { 'codes.dyn.test': [`mail ${RECORD}`] },
    };
  },
  // The name server of the domain is in the zone of the target: a question about its missing AAAA records would deny the
  // target's name to whoever asks.
  'CNAME into the signed zone of its own DNS host': (at) => ({
    domain: 'mail.customer.test',
    own: ['customer.test'],
    zones: [
      {
        origin: 'customer.test',
        servers: ['named'],
        records: ['@ NS provider.example.', 'mail CNAME post.provider.example.'],
      },
      {
        origin: 'provider.example',
        signatures: 'valid',
        servers: ['named'],
        records: ['@ NS @', `@ A ${at.named}`, `zebra A ${at.named}`],
      },
    ],
    delegations: {
      test: ['customer NS provider.example.'],
      example: ['provider NS provider', `provider A ${at.named}`],
    },
    publication: { 'provider.example': [`post ${RECORD}`] },
  }),
  'DNAME to a zone on other servers': (at) => {
    const zones = [
      zone('renamed.test', at, ['named'], ['eu DNAME eu.new-name.net.']),
      zone('new-name.net', at, ['nsd']),
    ];
    return {
      domain: 'mail.eu.renamed.test',
      ...registered(zones, at),
      publication: { 'new-name.net': [`mail.eu ${RECORD}`] },
    };
  },
  'CNAME to a domain that is registered only later': (at) => {
    const { delegations, own, zones } = registered(
      [
        zone('waits.test', at, ['nsd'], ['mail CNAME mail.later.com.']),
        zone('later.com', at, ['named'], [`mail ${RECORD}`]),
      ],
      at,
    );
    const { com = [], ...others } = delegations;
    return {
      domain: 'mail.waits.test',
      own,
      zones,
      delegations: others,
      publication: { com },
      onceRegistryAsked: 'mail.later.com',
    };
  },
  'nine CNAME records in turn': (at) => {
    const { end, zones = [], ...world } = chain('nine', 9, at);
    const published = zones.map((each) => ({
      ...each,
      records: [...each.records, ...(end[each.origin] ?? [])],
    }));
    return { ...world, zones: published, inputs: ONE_LOOK };
  },
  'CNAME records in a circle': (at) => {
    const zones = [
      zone('circle-a.test', at, ['nsd'], ['mail CNAME mail.circle-b.net.']),
      zone('circle-b.net', at, ['named'], ['mail CNAME mail.circle-a.test.']),
    ];
    return { domain: 'mail.circle-a.test', ...registered(zones, at), inputs: ONE_LOOK };
  },
} satisfies Scenarios;
