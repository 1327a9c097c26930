/** Whether a zone of octoDNS can take a TXT record at a name. */

import { isAtOrBelow, toALabels, wildcardFor } from '../../domain/dns-name.ts';
import { wildcardLoss } from '../../domain/wildcard-loss.ts';
import { typesAt, type ZoneData } from './zone-yaml.ts';

/** Some of the names of a zone. */
export interface ZonePart {
  /** `undefined` for the file that is to be changed. */
  readonly path: string | undefined;
  readonly data: ZoneData;
}

/** Why a zone cannot take the record. */
export interface Obstacle {
  readonly problem: string;
  readonly hint: string | undefined;
  /** The key at which one sees it, if it is in the file that is to be changed. */
  readonly key: unknown;
}

/** What stands against a new TXT record, or value, at the name; `undefined` if nothing does. */
export function obstacleTo(name: string, zone: string, parts: readonly ZonePart[]): Obstacle | undefined {
  const all = parts.flatMap(({ path, data }) =>
    [...data.keys()].map((key) => ({
      path,
      key,
      owner: ownerOf(String(key), zone),
      types: typesAt(data, key),
    })),
  );
  const seen = ({ path, key }: { readonly path: string | undefined; readonly key: unknown }) => ({
    where: path === undefined ? '' : ` in ${path}`,
    key: path === undefined ? key : undefined,
  });
  for (const entry of all) {
    const { path, owner, types } = entry;
    const { where, key } = seen(entry);
    if (owner === name && path !== undefined && (types.includes('TXT') || types.includes('CNAME'))) {
      const hint = `Set record-file to ${path}.`;
      return { problem: `the records of ${name} are in another file of the zone: ${path}`, hint, key };
    }
    if (types.includes('NS') && owner !== zone && isAtOrBelow(name, owner)) {
      const problem = `this zone delegates ${owner}${where} to other servers, so a TXT record of ${name} has no effect`;
      return { problem, hint: `Set record-file to the file of the zone ${owner}.`, key };
    }
    if (types.includes('DNAME') && owner !== name && isAtOrBelow(name, owner)) {
      const problem = `the DNAME record of ${owner}${where} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`;
      return { problem, hint: undefined, key };
    }
  }
  const wildcard = wildcardFor(
    name,
    zone,
    all.map(({ owner }) => owner),
  );
  const lost = all.filter(({ owner, types }) => owner === wildcard && types.length > 0);
  const [first] = lost;
  if (wildcard === undefined || first === undefined) return undefined;
  const loss = wildcardLoss({ name, wildcard, types: lost.flatMap(({ types }) => types) });
  return { ...loss, key: seen(first).key };
}

/** The name of a key, in A-labels. A key that is no name stays as it is, and is none of those that matter. */
function ownerOf(key: string, zone: string): string {
  return key === '' ? zone : `${toALabels(key) || key}.${zone}`;
}
