/** The table of scenarios; SOA MINIMUM is an hour in every zone of theirs. */
import { type At, type AuthorityMake, type PlannedZone, RECORD, type Scenario } from './scenario.ts';

const SPF = '@ TXT "v=spf1 -all"';

/** A registered domain whose name servers have names in it. */
function hosted(
  domain: string,
  at: At,
  servers: readonly AuthorityMake[],
  records: readonly string[] = [],
): PlannedZone {
  return { origin: domain, servers, records: [...nameServers('@', servers, at), ...records] };
}

/** NS records of `owner`, and the addresses behind them. */
function nameServers(owner: string, servers: readonly AuthorityMake[], at: At): readonly string[] {
  return servers.flatMap((make) => {
    const name = owner === '@' ? `ns-${make}` : `ns-${make}.${owner}`;
    return [`${owner} NS ${name}`, `${name} A ${at[make]}`];
  });
}

/** A domain in a zone of its own, one label below a registry. */
function registered(
  domain: string,
  at: At,
  servers: readonly AuthorityMake[],
  records: readonly string[] = [SPF],
): Pick<Scenario, 'own' | 'zones' | 'delegations'> {
  const [label = '', ...registry] = domain.split('.');
  return {
    own: [domain],
    zones: [hosted(domain, at, servers, records)],
    delegations: { [registry.join('.')]: nameServers(label, servers, at) },
  };
}

/** By name. */
export const SCENARIOS = {
  apex: (at) => ({
    domain: 'apex.com',
    ...registered('apex.com', at, ['nsd', 'named']),
    publication: { 'apex.com': [`@ ${RECORD}`] },
  }),
  'new sub-domain': (at) => ({
    domain: 'mail.sub.test',
    ...registered('sub.test', at, ['nsd']),
    publication: { 'sub.test': [`mail ${RECORD}`] },
  }),
  'new sub-domain in a signed zone': (at) => {
    const world = registered('signed.example', at, ['named'], [SPF, 'zebra A 127.0.0.1']);
    return {
      // Between the name server and `zebra`: an NSEC of the one denies it.
      domain: 'post.signed.example',
      ...world,
      zones: (world.zones ?? []).map((zone) => ({ ...zone, signatures: 'valid' as const })),
      publication: { 'signed.example': [`post ${RECORD}`] },
    };
  },
} satisfies Record<string, (at: At) => Scenario>;

/** The name of a scenario. */
export type ScenarioName = keyof typeof SCENARIOS;
