import type { Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import { isDeeper, type Observation, type Referral, referralOf } from '../observation/observation.ts';
import type { ServerState } from '../observation/server-state.ts';

/** A name on the way along CNAME records, and the servers that answer for it. The last has the record. */
export interface AuthorityLink {
  readonly name: string;
  /** The zone of the servers, if it is known. */
  readonly zone: string | undefined;
  readonly servers: readonly DnsServer[];
}

/** Which authoritative servers are asked about which name. */
export interface Way {
  /** Without servers that are to be asked there are none. */
  readonly links: readonly AuthorityLink[];
  /** Where the last link leads although it cannot be followed. */
  readonly endless: string | undefined;
  /** Whether to turn to other servers when a CNAME leads elsewhere. */
  readonly mayFollow: boolean;
}

/** Other servers must be asked from now on. */
export type Detour =
  /** The authoritative servers only refer to others. */
  | { readonly reason: 'referred'; readonly referral: Referral }
  /** The CNAME at a name has appeared, changed or, without a target, gone. */
  | { readonly reason: 'led-elsewhere'; readonly name: string; readonly target: string | undefined }
  /** The zone is on other servers than when the wait began. */
  | { readonly reason: 'moved' };

/** What the servers have said so far. */
export interface Answers {
  state(label: string): ServerState;
  reply(label: string): Reply | undefined;
}

/** Follows, answer by answer, whether the CNAME records still lead the way that was taken. */
export class CnameWay {
  readonly #way: Way;
  readonly #indexOf: ReadonlyMap<string, number>;
  /** Where an authoritative server's last answer leads, by its label. */
  readonly #targets = new Map<string, string>();

  constructor(way: Way) {
    this.#way = way;
    this.#indexOf = new Map(
      way.links.flatMap(({ servers }, index) => servers.map(({ label }) => [label, index] as const)),
    );
  }

  /** The link that an authoritative server answers for. */
  linkOf(label: string): AuthorityLink | undefined {
    return this.#way.links[this.#indexOf.get(label) ?? -1];
  }

  /** The observation as it counts: a CNAME that leads where no link goes on is no way to the record. */
  follow(label: string, observation: Observation): Observation {
    if (observation.kind !== 'alias') {
      this.#targets.delete(label);
      return observation;
    }
    this.#targets.set(label, observation.target);
    const next = this.#nextOf(this.#indexOf.get(label) ?? -1);
    if (next === observation.target) return observation;
    return { kind: 'absent', values: [], ttlS: undefined, serial: undefined };
  }

  /** Where the answers lead, if that is not the way that was taken. */
  detour(answers: Answers): Detour | undefined {
    const referral = this.#commonReferral(answers);
    return referral === undefined ? this.#otherTarget(answers) : { reason: 'referred', referral };
  }

  /** The referral that all authoritative servers give, when none of them answers for the zone itself. */
  #commonReferral(answers: Answers): Referral | undefined {
    const end = this.#way.links.at(-1);
    if (end === undefined) return undefined;
    const states = end.servers.map(({ label }) => answers.state(label));
    if (states.some(({ observation }) => observation?.kind !== 'unusable')) return undefined;
    return states
      .map(({ label }) => referralOf(answers.reply(label), end.name))
      .find((referral) => isDeeper(referral, end.zone));
  }

  #otherTarget(answers: Answers): Detour | undefined {
    if (!this.#way.mayFollow) return undefined;
    for (const [index, { name, servers }] of this.#way.links.entries()) {
      const next = this.#nextOf(index);
      const states = servers.map(({ label }) => answers.state(label));
      // The first to answer may be the one that lags.
      if (next !== undefined && states.some(({ observation }) => observation === undefined)) continue;
      const answering = states.filter(({ observation }) => isUsable(observation));
      const targets = answering.flatMap(({ label }) => this.#targets.get(label) ?? []);
      const other = targets.find((target) => target !== (next ?? this.#way.endless));
      if (other !== undefined && (next === undefined || !targets.includes(next)))
        return { reason: 'led-elsewhere', name, target: other };
      if (next !== undefined && answering.length > 0 && targets.length === 0)
        return { reason: 'led-elsewhere', name, target: undefined };
    }
    return undefined;
  }

  #nextOf(index: number): string | undefined {
    return index < 0 ? undefined : this.#way.links[index + 1]?.name;
  }
}

function isUsable(observation: Observation | undefined): boolean {
  return observation !== undefined && observation.kind !== 'unusable';
}
