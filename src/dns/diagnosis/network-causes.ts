import {
  type Cause,
  type Evidence,
  labelsOf,
  listLabels,
  messageOf,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** Something on the network answers in place of the authoritative servers. */
export const port53Intercepted: Cause = {
  id: 'port-53-intercepted',
  explain(evidence) {
    const servers = interceptedServers(evidence);
    if (servers.length === 0) return undefined;
    return {
      evidence: `queries to ${listLabels(servers)} are answered by a resolver (RA=1, AA=0): something on the network intercepts port 53`,
      remedy:
        'Run the job on a network where port 53 is open, or set resolvers to https:// URLs and authoritative-servers to off.',
      servers: labelsOf(servers),
    };
  },
};

/** Authoritative servers that answer like a resolver. An interception affects all of them and the parent's, or none. */
export function interceptedServers({ authoritative, parentAnswers }: Evidence): readonly ServerEvidence[] {
  if (parentAnswers || authoritative.some((server) => messageOf(server)?.authoritative)) return [];
  return authoritative.filter((server) => messageOf(server)?.recursionAvailable);
}

/** No server answers on port 53, but HTTPS works. */
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
      evidence: `port 53 is blocked on this network: ${listLabels(overHttps)} answered over HTTPS, but no server answered over UDP or TCP`,
      remedy:
        'Allow outbound UDP and TCP to port 53, so that the authoritative servers can be asked. Until then, only the resolvers count.',
      servers: labelsOf(silent),
    };
  },
};

function isSilent({ reply }: ServerEvidence): boolean {
  return reply?.ok === false && !reply.truncatedOverUdp;
}

/** The answer is too large for UDP, and TCP does not work. */
export const tcpBlocked: Cause = {
  id: 'tcp-blocked',
  explain({ authoritative, resolvers }) {
    const servers = [...authoritative, ...resolvers].filter(
      ({ reply }) => reply?.ok === false && reply.truncatedOverUdp,
    );
    if (servers.length === 0) return undefined;
    return {
      evidence: `the TXT records do not fit into a UDP answer, and ${listLabels(servers)} ${verb(servers, 'does', 'do')} not answer over TCP`,
      remedy: 'Open TCP port 53 on the servers and on the network path to them: DNS needs both UDP and TCP.',
      servers: labelsOf(servers),
    };
  },
};
