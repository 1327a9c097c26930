import { isPrivateAddress } from '../addresses.ts';
import {
  type Cause,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** The closest zone above the domain is a top-level domain. */
export const notRegistered: Cause = {
  id: 'not-registered',
  explain({ isRegistered, expected, zone }) {
    if (isRegistered) return undefined;
    return {
      evidence: `nobody has registered ${expected.name}: its parent ${zone === undefined || zone === '.' ? 'the root' : zone} does not know it`,
      remedy: 'Check the spelling of email-domain, and whether the registration has run out.',
    };
  },
};

/** Some authoritative servers have a newer copy of the zone than others. */
export const secondaryLags: Cause = {
  id: 'secondary-lags',
  explain({ authoritative, probes }) {
    const behind = lacking(authoritative);
    const ahead = authoritative.filter(({ state }) => state.observation?.kind === 'present');
    const serialOf = ({ server }: ServerEvidence) => probes.serials.get(server.label);
    const serials = new Set(authoritative.map(serialOf).filter((serial) => serial !== undefined));
    if (behind.length === 0 || (ahead.length === 0 && serials.size < 2)) return undefined;
    const newest = Math.max(...serials);
    const slow = ahead.length > 0 ? behind : behind.filter((server) => serialOf(server) !== newest);
    const shown =
      serials.size < 2
        ? ''
        : ` (SOA serial ${[...new Set(slow.map(serialOf))].join(', ')}, elsewhere ${newest})`;
    return {
      evidence: `${listLabels(slow)} ${verb(slow, 'does', 'do')} not have the newest copy of the zone yet${shown}`,
      remedy:
        'The zone transfer follows by itself within the SOA refresh time; if it does not, look at NOTIFY and at the log of the secondary.',
      servers: labelsOf(slow),
    };
  },
};

/** The registry sends the world to other servers than the zone itself names. */
export const delegationMismatch: Cause = {
  id: 'delegation-mismatch',
  explain({ probes: { delegation }, zone }) {
    if (delegation === undefined || delegation.parent.length === 0 || delegation.child.length === 0)
      return undefined;
    const onlyParent = delegation.parent.filter((name) => !delegation.child.includes(name));
    const onlyChild = delegation.child.filter((name) => !delegation.parent.includes(name));
    if (onlyParent.length + onlyChild.length === 0) return undefined;
    const sides = [
      onlyParent.length > 0 && `only its parent names ${onlyParent.join(', ')}`,
      onlyChild.length > 0 && `only the zone itself names ${onlyChild.join(', ')}`,
    ].filter((side) => side !== false);
    return {
      evidence: `the delegation of ${zone ?? 'the zone'} is inconsistent: ${sides.join(', and ')}`,
      remedy:
        'Make the NS records at the registrar and in the zone the same, and publish the record at all of them.',
    };
  },
};

/** Named as an authoritative server, but it does not serve the zone. */
export const lameServer: Cause = {
  id: 'lame-server',
  explain({ authoritative }) {
    const lame = authoritative.filter((server) => {
      const message = messageOf(server);
      if (message === undefined) return false;
      const refuses = message.rcode === 'REFUSED' || message.rcode === 'NOTAUTH';
      return (
        refuses || (!message.authoritative && !message.recursionAvailable && message.rcode === 'NOERROR')
      );
    });
    const [first] = lame;
    if (first === undefined) return undefined;
    const how = messageOf(first)?.rcode === 'NOERROR' ? 'answers without AA' : 'refuses';
    return {
      evidence: `${listLabels(lame)} ${verb(lame, 'does', 'do')} not serve the zone (${how})`,
      remedy: 'Take it out of the NS records, or configure the zone on it.',
      servers: labelsOf(lame),
    };
  },
};

/** A referral: the name lies in a zone further down. */
export const subDelegation: Cause = {
  id: 'sub-delegation',
  explain({ authoritative, expected }) {
    const referring = authoritative.filter((server) => {
      const message = messageOf(server);
      return message?.authoritative === false && message.authorities.some(({ type }) => type === 'NS');
    });
    const [first] = referring;
    if (first === undefined) return undefined;
    const zone = messageOf(first)?.authorities.find(({ type }) => type === 'NS')?.name;
    return {
      evidence: `${listLabels(referring)} ${verb(referring, 'refers', 'refer')} to other servers for ${zone ?? expected.name}`,
      remedy: `Publish the record in the zone ${zone ?? expected.name}, at the servers that it is delegated to.`,
      servers: labelsOf(referring),
    };
  },
};

/** Inside sees another zone than the rest of the world. */
export const splitHorizon: Cause = {
  id: 'split-horizon',
  explain({ authoritative, isDiscovered, probes: { systemNameServers, delegation }, zone }) {
    // Servers that were given as such are meant, wherever they stand.
    if (!isDiscovered) return undefined;
    const inside = authoritative.filter(({ server }) =>
      server.addresses.every(({ host }) => isPrivateAddress(host)),
    );
    const outside = delegation?.child ?? [];
    const differs =
      systemNameServers !== undefined &&
      outside.length > 0 &&
      !systemNameServers.some((name) => outside.includes(name));
    if (inside.length === 0 && !differs) return undefined;
    return {
      evidence: differs
        ? `the resolver of this machine knows other name servers for ${zone ?? 'the zone'} (${systemNameServers.join(', ')}) than the public ones`
        : `${listLabels(inside)} ${verb(inside, 'has a private address', 'have private addresses')}: this may be an internal view of the zone`,
      remedy: 'Publish the record in the public view of the zone: Cloudflare looks from outside.',
      servers: labelsOf(inside),
    };
  },
};
