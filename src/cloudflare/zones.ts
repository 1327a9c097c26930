import { domainToASCII, domainToUnicode } from 'node:url';
import * as v from 'valibot';
import { selfAndAncestors } from '../domain/dns-name.ts';
import type { CloudflareClient } from './client.ts';

/** A DNS zone at Cloudflare. */
export interface Zone {
  readonly id: string;
  /** A-labels, lower case. */
  readonly name: string;
  /** `active`, `pending`, `initializing` or `moved`; only an active zone is visible in public DNS. */
  readonly status: string;
}

const zoneSchema = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    // Cloudflare shows zones of internationalized names in Unicode.
    name: v.pipe(v.string(), v.transform(domainToASCII)),
    status: v.nullish(v.string()),
  }),
  v.transform(({ id, name, status }): Zone => ({ id, name, status: status?.toLowerCase() ?? 'unknown' })),
);

/** The zones that the API token can see, in any account. */
export class Zones {
  readonly #client: CloudflareClient;
  readonly #byName = new Map<string, Promise<readonly Zone[]>>();

  constructor(client: CloudflareClient) {
    this.#client = client;
  }

  /**
   * The zones that could hold a name, the closest one first. If the token cannot see a zone, Cloudflare answers
   * without it instead of an error.
   */
  async holding(name: string): Promise<readonly Zone[]> {
    const candidates = selfAndAncestors(name).filter((candidate) => candidate.includes('.'));
    const found = await Promise.all(candidates.map((candidate) => this.#named(candidate)));
    return found.flat();
  }

  /** Several accounts can have a zone of the same name, but only one of them is active. */
  #named(name: string): Promise<readonly Zone[]> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const zones = this.#listed(name);
    this.#byName.set(name, zones);
    return zones;
  }

  /** Asks for both forms of an internationalized name, because Cloudflare may know either. */
  async #listed(name: string): Promise<readonly Zone[]> {
    const spellings = [...new Set([name, domainToUnicode(name)])];
    const lists = await Promise.all(
      spellings.map((spelling) =>
        this.#client.list({
          what: 'look for the zone',
          request: { method: 'GET', path: `/zones?name=${encodeURIComponent(spelling)}` },
          result: v.array(zoneSchema),
          permission: 'Zone: Read',
        }),
      ),
    );
    const zones = lists.flat().filter((zone) => zone.name === name);
    return [...new Map(zones.map((zone) => [zone.id, zone])).values()];
  }
}
