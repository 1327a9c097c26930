import {
  type Cause,
  type Evidence,
  labelsOf,
  listLabels,
  messageOf,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** Something on the way answers in the name of the authoritative server. */
export const port53Intercepted: Cause = {
  id: 'port-53-intercepted',
  explain(evidence) {
    const servers = interceptedServers(evidence);
    if (servers.length === 0) return undefined;
    return {
      evidence: `what answers for ${listLabels(servers)} is a resolver (RA=1, AA=0): something on the way intercepts port 53`,
      remedy:
        'Run the job where port 53 is open, or give resolvers as https:// URLs and authoritative-servers: off.',
      servers: labelsOf(servers),
    };
  },
};

/** Resolvers in the place of authoritative servers; what intercepts port 53 leaves none of these through. */
export function interceptedServers({ authoritative }: Evidence): readonly ServerEvidence[] {
  if (authoritative.some((server) => messageOf(server)?.authoritative)) return [];
  return authoritative.filter((server) => messageOf(server)?.recursionAvailable);
}

/** Nobody answers on port 53, though HTTPS gets through. */
export const port53Blocked: Cause = {
  id: 'port-53-blocked',
  explain({ authoritative, resolvers }) {
    const overPlain = [...authoritative, ...resolvers].filter(
      ({ reply }) => reply?.ok && (reply.transport === 'udp' || reply.transport === 'tcp'),
    );
    const overHttps = resolvers.filter(({ reply }) => reply?.ok && reply.transport === 'https');
    const silent = [...authoritative, ...resolvers].filter(isSilent);
    const onlyHttps = resolvers.every(({ server }) => server.transport === 'https');
    if (overPlain.length > 0 || overHttps.length === 0 || (silent.length === 0 && onlyHttps))
      return undefined;
    return {
      evidence: `port 53 is blocked on this network: ${listLabels(overHttps)} answered over HTTPS, and nobody over UDP or TCP`,
      remedy:
        'Open port 53 outwards for UDP and TCP, so that the authoritative servers can be asked; until then only resolvers count.',
      servers: labelsOf(silent),
    };
  },
};

function isSilent({ reply }: ServerEvidence): boolean {
  return reply?.ok === false && !reply.truncatedOverUdp;
}

/** The answer is too large for UDP, and TCP does not get through. */
export const tcpBlocked: Cause = {
  id: 'tcp-blocked',
  explain({ authoritative, resolvers }) {
    const servers = [...authoritative, ...resolvers].filter(
      ({ reply }) => reply?.ok === false && reply.truncatedOverUdp,
    );
    if (servers.length === 0) return undefined;
    return {
      evidence: `the TXT records of the name are too many for UDP, and ${listLabels(servers)} ${verb(servers, 'does', 'do')} not answer over TCP`,
      remedy: 'Open TCP port 53 at the servers and on the way to them; DNS needs both.',
      servers: labelsOf(servers),
    };
  },
};
