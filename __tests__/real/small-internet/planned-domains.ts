import type { At, AuthorityMake, PlannedZone, Scenario } from './scenario.ts';

/** The record that most domains have at their apex. */
export const SPF = '@ TXT "v=spf1 -all"';

/** A function of the addresses that a scenario has to itself. */
export type Scenarios = Readonly<Record<string, (at: At) => Scenario>>;

/** The part of a scenario that is its domains. */
export type Domains = Required<Pick<Scenario, 'own' | 'zones' | 'delegations'>>;

/** NS records of `owner`, for names at or below it, and their addresses. */
export function nameServers(owner: string, servers: readonly AuthorityMake[], at: At): readonly string[] {
  return servers.flatMap((make) => {
    const name = owner === '@' ? `ns-${make}` : `ns-${make}.${owner}`;
    return [`${owner} NS ${name}`, `${name} A ${at[make]}`];
  });
}

/** A zone whose name servers have names in it. */
export function zone(
  origin: string,
  at: At,
  servers: readonly AuthorityMake[],
  records: readonly string[] = [SPF],
): PlannedZone {
  return { origin, servers, records: [...nameServers('@', servers, at), ...records] };
}

/** Zones that the registry of their names delegates; `servers` are those of all. */
export function registered(zones: readonly PlannedZone[], at: At): Domains {
  const delegations: Record<string, readonly string[]> = {};
  for (const { origin, servers } of zones) {
    const [label = '', ...rest] = origin.split('.');
    const registry = rest.join('.');
    delegations[registry] = [...(delegations[registry] ?? []), ...nameServers(label, servers, at)];
  }
  return { own: zones.map(({ origin }) => origin), zones, delegations };
}
