import type { DnsServer } from '../client/servers.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import type { AuthorityFinder } from '../discovery/authority.ts';
import type { CnameChain, Link } from '../discovery/discovery.ts';
import { MAX_CNAMES, type Referral } from '../observation/observation.ts';
import type { AuthorityLink, Detour } from './cname-way.ts';

/** How often a wait starts anew because a referral or a CNAME leads to other servers. */
const MAX_DETOURS = 2 * MAX_CNAMES;

/** Where the authoritative servers of one name are: what is known so far, and how it becomes known. */
export class ServerSearch {
  readonly #name: string;
  readonly #given: 'auto' | 'off' | readonly DnsServer[];
  readonly #finder: AuthorityFinder;
  /** Where names lead, as seen in answers about TXT. */
  readonly #aliases = new Map<string, string>();
  #chain: CnameChain;
  /** Found while a wait was under way; it counts once that wait has ended. */
  #moved: CnameChain | undefined;
  #detours = 0;
  #referring: readonly ServerEvidence[] = [];

  constructor(name: string, given: 'auto' | 'off' | readonly DnsServer[], finder: AuthorityFinder) {
    this.#name = name;
    this.#given = given;
    this.#finder = finder;
    this.#chain = unknownServers(name, 'not looked for yet');
  }

  /** The way along CNAME records, as last found. */
  get chain(): CnameChain {
    return this.#chain;
  }

  /** The name at the end of the chain, and its servers. */
  get end(): Link {
    return this.#chain.links.at(-1) ?? this.#chain.links[0];
  }

  /** Servers that gave a referral which could not be followed. */
  get referring(): readonly ServerEvidence[] {
    return this.#referring;
  }

  /** The zone, if it was found through DNS. Servers from the settings may serve a zone that starts higher up. */
  get zone(): string | undefined {
    const { discovery } = this.end;
    if (discovery.kind === 'not-registered') return discovery.registry;
    return discovery.kind === 'found' ? discovery.apex : undefined;
  }

  /** Whether other servers may still be turned to. */
  get mayFollow(): boolean {
    return this.#detours < MAX_DETOURS;
  }

  /** Looks for the servers, from the name on. */
  async look(): Promise<void> {
    const found = await this.#find();
    const isUnregistered = this.end.discovery.kind === 'not-registered';
    // What cannot be asked for a moment is no reason to ask resolvers about a domain that is not there.
    if (!isUnregistered || found.links.at(-1)?.discovery.kind !== 'unknown') this.#chain = found;
  }

  /** Looks whether the zone is on other servers by now, as after a move to another DNS provider. */
  async haveMoved(): Promise<boolean> {
    if (this.#given !== 'auto' || this.#referring.length > 0 || !this.mayFollow) return false;
    const chain = await this.#find();
    if (chain.links.some(({ discovery }) => discovery.kind !== 'found')) return false;
    if (serversOf(chain) === serversOf(this.#chain)) return false;
    this.#moved = chain;
    return true;
  }

  /** Goes where the answers lead; `servers` are those that gave them. */
  async takeDetour(detour: Detour, servers: readonly ServerEvidence[]): Promise<void> {
    this.#detours++;
    if (detour.reason === 'moved') {
      this.#chain = this.#moved ?? this.#chain;
      return;
    }
    if (detour.reason === 'referred') return this.#follow(detour.referral, servers);
    if (detour.target === undefined) this.#aliases.delete(detour.name);
    else this.#aliases.set(detour.name, detour.target);
    await this.look();
  }

  /** All links if the servers of the last are known; otherwise only the resolvers can tell. */
  linksToAsk(): readonly AuthorityLink[] {
    if (this.end.discovery.kind !== 'found') return [];
    const taken = new Set<string>();
    return this.#chain.links.flatMap(({ name, discovery }): AuthorityLink[] => {
      if (discovery.kind !== 'found') return [];
      const servers = discovery.servers.map((server) =>
        taken.has(server.label) ? { ...server, label: `${server.label} for ${name}` } : server,
      );
      for (const { label } of servers) taken.add(label);
      return [{ name, zone: discovery.apex, servers }];
    });
  }

  /** Who is asked, as a line of the log. */
  describe(): string {
    const { discovery, name } = this.end;
    const isAlias = this.#chain.links.length > 1;
    const alias = isAlias ? `${this.#name} is a CNAME that leads to ${name}. ` : '';
    if (discovery.kind === 'found') {
      const labels = discovery.servers.map(({ label }) => label).join(', ');
      return `${alias}Asking the authoritative servers of ${discovery.apex ?? name}: ${labels}.`;
    }
    const reason = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
    return `${alias}Asking only the resolvers, one of them first, because ${reason}.`;
  }

  #find(): Promise<CnameChain> | CnameChain {
    if (this.#given === 'off') return unknownServers(this.#name, 'authoritative-servers is off');
    const given = this.#given === 'auto' ? undefined : this.#given;
    return this.#finder.chain(this.#name, this.#aliases, given);
  }

  async #follow(referral: Referral, servers: readonly ServerEvidence[]): Promise<void> {
    const { name, discovery: before } = this.end;
    const isKnown = before.kind === 'found' && before.apex !== undefined;
    const parent = isKnown ? { zone: before.apex, servers: before.servers, nameServers: [] } : undefined;
    const discovery = await this.#finder.follow(name, referral, parent);
    const isLost = discovery.kind !== 'found';
    this.#referring = isLost ? servers.filter(({ server }) => server.role === 'authoritative') : [];
    const [first, ...others] = this.#chain.links.with(-1, { name, discovery });
    if (first !== undefined) this.#chain = { ...this.#chain, links: [first, ...others] };
  }
}

/** Equal for chains with the same names and servers. */
function serversOf({ links }: CnameChain): string {
  const labels = ({ discovery }: Link): readonly string[] =>
    discovery.kind === 'found' ? discovery.servers.map(({ label }) => label).sort() : [];
  return JSON.stringify(links.map((link) => [link.name, labels(link)]));
}

function unknownServers(name: string, reason: string): CnameChain {
  return { links: [{ name, discovery: { kind: 'unknown', reason, said: [] } }], endless: undefined };
}
