import { isDeeper, referralOf } from '../observation/observation.ts';
import { isPrivateAddress } from './addresses.ts';
import {
  type Cause,
  type Evidence,
  hasRecord,
  isPublished,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  ownerName,
  type ServerEvidence,
  verb,
} from './evidence.ts';
import { interceptedServers } from './network-causes.ts';

/** The closest zone above the domain is a top-level domain or the root. */
export const notRegistered: Cause = {
  id: 'not-registered',
  explain(evidence) {
    const { isRegistered, expected, zone } = evidence;
    if (isRegistered) return undefined;
    const name = ownerName(evidence);
    const parent = zone === undefined || zone === '.' ? 'the root zone' : `its parent zone ${zone}`;
    return {
      evidence: `${name} is not registered: ${parent} has no such domain`,
      remedy:
        name === expected.name
          ? 'Check the spelling of email-domain, and whether the registration has expired.'
          : `${expected.name} is a CNAME that leads there: check its target.`,
    };
  },
};

/** Some authoritative servers have a newer version of the zone than others. */
export const secondaryLags: Cause = {
  id: 'secondary-lags',
  explain({ authoritative, probes }) {
    const behind = lacking(authoritative).filter(({ state }) => !state.saysBoth);
    const ahead = authoritative.filter(hasRecord);
    const serialOf = ({ server }: ServerEvidence) => probes.serials.get(server.label);
    const serialsOf = (servers: readonly ServerEvidence[]): readonly number[] => [
      ...new Set(servers.map(serialOf).filter((serial) => serial !== undefined)),
    ];
    const newest = Math.max(...serialsOf(ahead.length > 0 ? ahead : behind));
    const slow = ahead.length > 0 ? behind : behind.filter((server) => (serialOf(server) ?? newest) < newest);
    if (slow.length === 0) return undefined;
    const older = serialsOf(slow).filter((serial) => serial < newest);
    const shown = older.length === 0 ? '' : ` (SOA serial ${older.join(', ')}, elsewhere ${newest})`;
    return {
      evidence: `${listLabels(slow)} ${verb(slow, 'does', 'do')} not have the latest version of the zone yet${shown}`,
      remedy:
        'The zone transfer should follow within the SOA refresh time. If it does not, check that the SOA serial was raised and that NOTIFY arrives, and read the log of the secondary server.',
      servers: labelsOf(slow),
    };
  },
};

/** Servers behind one address, as with anycast, of which some lack the latest version of the zone. */
export const authoritySplit: Cause = {
  id: 'authority-split',
  explain({ authoritative }) {
    const split = authoritative.filter(({ state }) => state.saysBoth);
    if (split.length === 0) return undefined;
    return {
      evidence: `${listLabels(split)} ${verb(split, 'answers', 'answer')} in turn with the record and without it: several servers share one address, and not all of them have the latest version of the zone`,
      remedy:
        'Wait until the DNS provider has updated all of its servers. If that takes longer than usual, publish the zone again, or ask the provider which of its servers lag behind.',
      servers: labelsOf(split),
    };
  },
};

/** A server that is listed as authoritative but does not serve the zone. */
export const lameServer: Cause = {
  id: 'lame-server',
  explain(evidence) {
    const lame = lameServers(evidence);
    if (lame.length === 0) return undefined;
    const hows = new Set(lame.map((server) => messageOf(server)?.rcode));
    const how = [...hows]
      .map((rcode) => (rcode !== undefined && LAME_RCODES.has(rcode) ? rcode : 'without AA'))
      .join(', ');
    return {
      evidence: `${listLabels(lame)} ${verb(lame, 'does', 'do')} not serve the zone (answered ${how})`,
      remedy: `${howToLeaveOut(lame, evidence)}, or configure the zone on ${verb(lame, 'it', 'them')}.`,
      servers: labelsOf(lame),
      isDecisive: areAllLame(evidence),
    };
  },
};

function howToLeaveOut(lame: readonly ServerEvidence[], { isDiscovered }: Evidence): string {
  return isDiscovered
    ? `Remove ${verb(lame, 'it', 'them')} from the NS records of the zone`
    : `Set authoritative-servers to servers of the zone, without ${verb(lame, 'this one', 'these')}`;
}

/** Whether no server that answers at all serves the zone. */
export function areAllLame(evidence: Evidence): boolean {
  const answering = evidence.authoritative.filter((server) => messageOf(server) !== undefined);
  return answering.length > 0 && lameServers(evidence).length === answering.length;
}

/** Servers that do not answer for the zone. A secondary server whose copy has expired answers SERVFAIL. */
function lameServers(evidence: Evidence): readonly ServerEvidence[] {
  const intercepted = interceptedServers(evidence);
  return evidence.authoritative.filter((server) => {
    const message = messageOf(server);
    if (message === undefined || intercepted.includes(server)) return false;
    const isForeign = ANSWERS.has(message.rcode) && !message.authoritative;
    return LAME_RCODES.has(message.rcode) || (isForeign && !isReferring(server, evidence));
  });
}

const ANSWERS: ReadonlySet<string> = new Set(['NOERROR', 'NXDOMAIN']);
const LAME_RCODES: ReadonlySet<string> = new Set(['REFUSED', 'NOTAUTH', 'SERVFAIL']);

/** The servers answer with a referral: the name is in a zone below. */
export const subDelegation: Cause = {
  id: 'sub-delegation',
  explain(evidence) {
    const referring = evidence.authoritative.filter((server) => isReferring(server, evidence));
    const [first] = referring;
    const referral = referralOf(first?.reply, ownerName(evidence));
    if (referral === undefined) return undefined;
    const { zone, nameServers } = referral;
    return {
      evidence: `${listLabels(referring)} ${verb(referring, 'refers', 'refer')} to other servers for ${zone}: ${nameServers.join(', ')}`,
      remedy: `Publish the record in the zone ${zone}, on the servers it is delegated to, and check that their names have addresses.`,
      servers: labelsOf(referring),
    };
  },
};

function isReferring({ reply }: ServerEvidence, evidence: Evidence): boolean {
  return isDeeper(referralOf(reply, ownerName(evidence)), evidence.zone);
}

/** This network sees another version of the zone than the public internet. */
export const splitHorizon: Cause = {
  id: 'split-horizon',
  explain(evidence) {
    const { authoritative, isDiscovered, probes, zone } = evidence;
    const { systemNameServers, delegation } = probes;
    const ofTheirOwn = isPublished(evidence) ? lacking(evidence.resolvers).filter(isOfItsOwnZone) : [];
    if (ofTheirOwn.length > 0) {
      return {
        evidence: `${listLabels(ofTheirOwn)} ${verb(ofTheirOwn, 'answers', 'answer')} from a zone of ${verb(ofTheirOwn, 'its', 'their')} own (AA=1), which does not have the record`,
        remedy: 'Publish the record in that zone too, or set resolvers to public ones.',
        servers: labelsOf(ofTheirOwn),
      };
    }
    // Servers from the settings are meant to be used, whatever their addresses.
    if (!isDiscovered) return undefined;
    const inside = authoritative.filter(({ server }) =>
      server.addresses.every(({ host }) => isPrivateAddress(host)),
    );
    const outside = delegation?.child ?? [];
    const differs =
      systemNameServers !== undefined &&
      systemNameServers.length > 0 &&
      outside.length > 0 &&
      !systemNameServers.some((name) => outside.includes(name));
    if (inside.length === 0 && !differs) return undefined;
    return {
      evidence: differs
        ? `this machine's own resolver lists other name servers for ${zone ?? 'the zone'} (${systemNameServers.join(', ')}) than public DNS`
        : `${listLabels(inside)} ${verb(inside, 'has a private address', 'have private addresses')}: this may be an internal view of the zone`,
      remedy:
        'Publish the record in the public view of the zone: Cloudflare looks for it on the public internet.',
      servers: labelsOf(inside),
    };
  },
};

/**
 * A resolver answers with AA=1 only from a zone that it has itself (RFC 1035, section 4.1.1). A filter may do so too,
 * but without records.
 */
function isOfItsOwnZone(resolver: ServerEvidence): boolean {
  const { observation } = resolver.state;
  const hasRecords = observation?.kind === 'absent' && observation.ttlS !== undefined;
  return hasRecords && messageOf(resolver)?.authoritative === true;
}
