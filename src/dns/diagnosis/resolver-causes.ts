import { areAllLame } from './authority-causes.ts';
import {
  type Cause,
  type Evidence,
  isPublished,
  labelsOf,
  listLabels,
  messageOf,
  quote,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** Resolvers whose answer has one of these Extended DNS Errors (RFC 8914) and not the record. */
function telling(
  { resolvers }: Pick<Evidence, 'resolvers'>,
  isOneOf: (code: number) => boolean,
): readonly ServerEvidence[] {
  return resolvers.filter(
    (server) =>
      server.state.observation?.kind !== 'present' &&
      messageOf(server)?.extendedErrors.some(({ code }) => isOneOf(code)),
  );
}

function isOfDnssec(code: number): boolean {
  return code >= 6 && code <= 12;
}

/** Whether the code names a reason: neither "Other" (0) nor "DNSSEC Indeterminate" (5). */
function isReason(code: number): boolean {
  return code !== 0 && code !== 5;
}

/** The signatures do not match or have expired. */
export const dnssecBogus: Cause = {
  id: 'dnssec-bogus',
  explain(evidence) {
    const failing = evidence.resolvers.filter((server) => messageOf(server)?.rcode === 'SERVFAIL');
    const openWithoutValidation = failing.filter(({ server }) => {
      const reply = evidence.probes.withoutValidation.get(server.label);
      return reply?.ok && (reply.message.rcode === 'NOERROR' || reply.message.rcode === 'NXDOMAIN');
    });
    const told = telling(evidence, isOfDnssec).filter((one) => failing.includes(one));
    // A resolver that gave another reason may have recovered before it was asked again with CD=1.
    const untold = openWithoutValidation.filter(
      (one) => telling({ resolvers: [one] }, isReason).length === 0,
    );
    const bogus = [...new Set([...told, ...untold])];
    if (bogus.length === 0) return undefined;
    const words = bogus.flatMap((server) => messageOf(server)?.extendedErrors ?? []);
    const said = words.find(({ code, text }) => isOfDnssec(code) && text !== '');
    return {
      evidence: `DNSSEC validation of the zone fails at ${listLabels(bogus)}${said === undefined ? '' : `: ${quote(said.text)}`}`,
      remedy:
        'Sign the zone again, or correct the DS record at the registrar. Until then, validating resolvers give no answer.',
      servers: labelsOf(bogus),
    };
  },
};

/**
 * The resolver got no answer from the zone's servers (EDE 22 and 23). Many resolvers give no such code: they answer
 * SERVFAIL, and do so with CD=1 too.
 */
export const zoneUnreachable: Cause = {
  id: 'resolver-cannot-reach-zone',
  explain(evidence) {
    const told = telling(evidence, (code) => code === 22 || code === 23);
    const untold = evidence.resolvers.filter((server) => failsAnyway(server, evidence));
    const servers = [...new Set([...told, ...untold])];
    // If no authoritative server serves the zone, lame-server is the cause.
    if (servers.length === 0 || areAllLame(evidence)) return undefined;
    return {
      evidence: `${listLabels(servers)} ${verb(servers, 'gets', 'get')} no usable answer from the authoritative servers`,
      remedy:
        'Check that the domain exists and is delegated, and that its authoritative servers answer the whole internet over UDP and TCP, without rate limits or blocked countries.',
      servers: labelsOf(servers),
    };
  },
};

/**
 * The resolver blocks the domain by policy (EDE 15 to 17). Most resolvers that do so give no such code: they answer
 * REFUSED, or NXDOMAIN without the SOA record that a real negative answer has.
 */
export const filtered: Cause = {
  id: 'filtered',
  explain(evidence) {
    const told = telling(evidence, (code) => code >= 15 && code <= 17);
    const untold = isPublished(evidence) ? evidence.resolvers.filter(isByPolicy) : [];
    const servers = [...new Set([...told, ...untold])].filter((one) => !isClosed(one, evidence));
    if (servers.length === 0) return undefined;
    return {
      evidence: `${listLabels(servers)} ${verb(servers, 'blocks', 'block')} or ${verb(servers, 'filters', 'filter')} the domain`,
      remedy:
        'Use other resolvers, or ask the operator of the blocking resolver why the domain is on its list.',
      servers: labelsOf(servers),
    };
  },
};

function isByPolicy(server: ServerEvidence): boolean {
  const message = messageOf(server);
  const hasSoa = message?.authorities.some(({ type }) => type === 'SOA');
  return message?.rcode === 'REFUSED' || (message?.rcode === 'NXDOMAIN' && !hasSoa);
}

function failsAnyway(server: ServerEvidence, { probes }: Evidence): boolean {
  const message = messageOf(server);
  const again = probes.withoutValidation.get(server.server.label);
  const isUntold = message?.extendedErrors.every(({ code }) => !isReason(code)) ?? false;
  return (
    isUntold && message?.rcode === 'SERVFAIL' && again?.ok === true && again.message.rcode === 'SERVFAIL'
  );
}

/** A resolver that never answers, or refuses whatever it is asked from here, while other servers answer. */
export const resolverUnreachable: Cause = {
  id: 'resolver-unreachable',
  explain(evidence) {
    const silent = evidence.resolvers.filter(isSilent);
    const closed = evidence.resolvers.filter((one) => isClosed(one, evidence));
    const servers = [...silent, ...closed];
    const others = [...evidence.authoritative, ...evidence.resolvers].filter((one) => !servers.includes(one));
    if (servers.length === 0 || !others.some(({ state }) => state.hasAnswered)) return undefined;
    const ways = [...Map.groupBy(silent, describeWay)].map(
      ([way, those]) => `${listLabels(those)} ${verb(those, 'has', 'have')} never answered ${way}`,
    );
    const refusal = `${listLabels(closed)} ${verb(closed, 'refuses', 'refuse')} this machine every question, whatever the name`;
    const it = verb(servers, 'it', 'them');
    return {
      evidence: [...ways, ...(closed.length > 0 ? [refusal] : [])].join(', and '),
      remedy: `Let this machine through to ${it}, or leave ${it} out of resolvers. A lower quorum helps too, except with Cloudflare's own resolver.`,
      servers: labelsOf(servers),
    };
  },
};

function isSilent({ reply, state }: ServerEvidence): boolean {
  return reply?.ok === false && !reply.truncatedOverUdp && !state.hasAnswered;
}

/** Over which transports, and what happened if that was not a time-out. */
function describeWay({ server, state: { observation } }: ServerEvidence): string {
  const { transport, https } = server;
  const overAll = https === undefined ? 'UDP or TCP' : 'UDP, TCP or HTTPS';
  const isTold = observation?.kind === 'unusable' && observation.why !== 'timeout';
  return `over ${transport === 'auto' ? overAll : transport.toUpperCase()}${isTold ? ` (${observation.detail})` : ''}`;
}

/** An access list refuses this machine everything; a filter refuses some names. */
function isClosed({ server }: ServerEvidence, { probes }: Evidence): boolean {
  return probes.closed.includes(server.label);
}
