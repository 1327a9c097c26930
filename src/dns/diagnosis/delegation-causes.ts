import {
  type Cause,
  type Evidence,
  type Explanation,
  hasRecord,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  ownerName,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/**
 * The parent zone delegates to other servers than the zone itself lists, or some servers hold the name in a zone that
 * nobody delegates. If that is why only some servers have the record, waiting does not help: a resolver may ask any.
 */
export const delegationMismatch: Cause = {
  id: 'delegation-mismatch',
  explain(evidence) {
    const found = [unlikeNameServers(evidence), undelegatedZone(evidence)].filter((one) => one !== undefined);
    return found.find(({ isDecisive }) => isDecisive) ?? found[0];
  },
};

function unlikeNameServers(evidence: Evidence): Explanation | undefined {
  const { probes, zone } = evidence;
  const { parent, child } = probes.delegation ?? { parent: [], child: [] };
  if (parent.length === 0 || child.length === 0) return undefined;
  const onlyParent = parent.filter((name) => !child.includes(name));
  const onlyChild = child.filter((name) => !parent.includes(name));
  if (onlyParent.length + onlyChild.length === 0) return undefined;
  const sides = [
    onlyParent.length > 0 && `only the parent zone lists ${onlyParent.join(', ')}`,
    onlyChild.length > 0 && `only the zone itself lists ${onlyChild.join(', ')}`,
  ].filter((side) => side !== false);
  const isShared = ({ server: { nameServer = '' } }: ServerEvidence): boolean =>
    parent.includes(nameServer) && child.includes(nameServer);
  const without = dividedBy(isShared, evidence);
  const isDecisive = without.length > 0 || isLedAstray(onlyParent, evidence);
  const shown = without.length === 0 ? '' : `; ${withoutRecord(without)}`;
  return {
    evidence: `the delegation of ${zone ?? 'the zone'} is inconsistent: ${sides.join(', and ')}${shown}`,
    remedy: `Make the NS records at the registrar match those in the zone, and publish the record on all of these servers.${isDecisive ? NO_USE_TO_WAIT : ''}`,
    ...(without.length > 0 && { servers: labelsOf(without) }),
    isDecisive,
  };
}

const NO_USE_TO_WAIT = ' Until then, resolvers may ask servers without the record, however long you wait.';

function withoutRecord(servers: readonly ServerEvidence[]): string {
  return `${listLabels(servers)} ${verb(servers, 'does', 'do')} not have the record`;
}

/** The servers without the record, if the difference between the NS sets tells them from those that have it. */
function dividedBy(
  isShared: (server: ServerEvidence) => boolean,
  { authoritative }: Evidence,
): readonly ServerEvidence[] {
  const having = authoritative.filter(hasRecord);
  const without = authoritative.filter((server) => messageOf(server) !== undefined && !hasRecord(server));
  // Where a server refuses, resolvers turn to the others, as long as the parent names one with the record.
  const isDivided = lacking(without).some((server) => !isShared(server)) || !having.some(isShared);
  return having.length > 0 && isDivided ? without : [];
}

/** Whether resolvers lack the record that all servers have which were asked, and the parent sends them to others. */
function isLedAstray(onlyParent: readonly string[], { authoritative, resolvers }: Evidence): boolean {
  const wereAsked = authoritative.map(({ server }) => server.nameServer);
  const isEverywhere = authoritative.length > 0 && authoritative.every(hasRecord);
  return (
    isEverywhere && lacking(resolvers).length > 0 && onlyParent.some((name) => !wereAsked.includes(name))
  );
}

function undelegatedZone(evidence: Evidence): Explanation | undefined {
  const { authoritative, probes } = evidence;
  const zoneOf = ({ server }: ServerEvidence) => probes.zones.get(server.label);
  const [child, parent] = [...new Set(probes.zones.values())].toSorted((a, b) => b.length - a.length);
  if (child === undefined || parent === undefined) return undefined;
  const below = authoritative.filter((server) => zoneOf(server) === child);
  const above = authoritative.filter((server) => zoneOf(server) === parent);
  const without = lacking(authoritative);
  const isDecisive = without.length > 0 && authoritative.some(hasRecord);
  return {
    evidence: `${listLabels(below)} ${verb(below, 'has', 'have')} ${ownerName(evidence)} in the zone ${child}, but ${listLabels(above)} ${verb(above, 'has', 'have')} it in the zone ${parent} and ${verb(above, 'does', 'do')} not delegate ${child}`,
    remedy: `Delegate ${child} with NS records in the zone ${parent} on all of its servers, or remove the zone ${child} and publish the record in ${parent}.`,
    servers: labelsOf(isDecisive ? without : below),
    isDecisive,
  };
}
