import { domainToASCII, domainToUnicode } from 'node:url';
import * as v from 'valibot';
import type { CloudflareClient } from './client.ts';

/** A DNS zone that Cloudflare hosts, or is to host. */
export interface Zone {
  readonly id: string;
  /** A-labels, lower case. */
  readonly name: string;
  /** `active`, `pending`, `initializing`, `moved`; only an active one is what the world sees. */
  readonly status: string;
}

const zoneSchema = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    // Cloudflare shows zones of internationalized names in Unicode.
    name: v.pipe(v.string(), v.transform(domainToASCII)),
    status: v.nullish(v.string()),
  }),
  v.transform(({ id, name, status }): Zone => ({ id, name, status: status ?? 'unknown' })),
);

/** The zones that the API token may see, in whatever account. */
export class Zones {
  readonly #client: CloudflareClient;
  readonly #byName = new Map<string, Promise<readonly Zone[]>>();

  constructor(client: CloudflareClient) {
    this.#client = client;
  }

  /**
   * The zones that could hold a name, the one closest to it first. A token that may not see a zone gets no error
   * but an answer without it.
   */
  async holding(name: string): Promise<readonly Zone[]> {
    const labels = name.split('.');
    const candidates = labels.slice(0, -1).map((_, depth) => labels.slice(depth).join('.'));
    const found = await Promise.all(candidates.map((candidate) => this.#named(candidate)));
    return found.flat();
  }

  /** Several accounts can have a zone of one name; no more than one of them is active. */
  #named(name: string): Promise<readonly Zone[]> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const zones = this.#listed(name);
    this.#byName.set(name, zones);
    return zones;
  }

  /** Asked for by both forms of an internationalized name, since Cloudflare may know it by either. */
  async #listed(name: string): Promise<readonly Zone[]> {
    const spellings = [...new Set([name, domainToUnicode(name)])];
    const lists = await Promise.all(
      spellings.map((spelling) =>
        this.#client.list({
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
