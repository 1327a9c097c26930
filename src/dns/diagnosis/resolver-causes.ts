import { lameServers } from './authority-causes.ts';
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

/** Resolvers whose answer carries one of these Extended DNS Errors (RFC 8914). */
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

/** Neither "other" nor "indeterminate". */
function isReason(code: number): boolean {
  return code !== 0 && code !== 5;
}

/** Signatures that do not match or have run out. */
export const dnssecBogus: Cause = {
  id: 'dnssec-bogus',
  explain(evidence) {
    const failing = evidence.resolvers.filter((server) => messageOf(server)?.rcode === 'SERVFAIL');
    const openWithoutValidation = failing.filter(({ server }) => {
      const reply = evidence.probes.withoutValidation.get(server.label);
      return reply?.ok && (reply.message.rcode === 'NOERROR' || reply.message.rcode === 'NXDOMAIN');
    });
    const told = telling(evidence, isOfDnssec).filter((one) => failing.includes(one));
    // Whoever gives a reason that has nothing to do with DNSSEC may just have recovered meanwhile.
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
        'Sign the zone again, or correct the DS record at the registrar; until then validating resolvers answer nothing.',
      servers: labelsOf(bogus),
    };
  },
};

/**
 * The resolver got no answer from the zone's servers (EDE 22 and 23). Many give no such code: they fail, and without
 * validation too.
 */
export const zoneUnreachable: Cause = {
  id: 'resolver-cannot-reach-zone',
  explain(evidence) {
    const told = telling(evidence, (code) => code === 22 || code === 23);
    const untold = evidence.resolvers.filter((server) => failsAnyway(server, evidence));
    const servers = [...new Set([...told, ...untold])];
    // Where they all say themselves that they do not serve the zone, that is the cause.
    const { authoritative } = evidence;
    const allLame = authoritative.length > 0 && lameServers(evidence).length === authoritative.length;
    if (servers.length === 0 || allLame) return undefined;
    return {
      evidence: `${listLabels(servers)} ${verb(servers, 'gets', 'get')} no usable answer from the authoritative servers`,
      remedy:
        'Check that the authoritative servers answer to the whole internet, over UDP and TCP, and are not limited by rate or country.',
      servers: labelsOf(servers),
    };
  },
};

/**
 * The resolver answers by a policy of its own (EDE 15 to 17). Most that do give no such code: they refuse, or deny the
 * name without the SOA of a zone that could know.
 */
export const filtered: Cause = {
  id: 'filtered',
  explain(evidence) {
    const told = telling(evidence, (code) => code >= 15 && code <= 17);
    const untold = isPublished(evidence) ? evidence.resolvers.filter(isByPolicy) : [];
    const servers = [...new Set([...told, ...untold])];
    if (servers.length === 0) return undefined;
    return {
      evidence: `${listLabels(servers)} ${verb(servers, 'blocks', 'block')} or ${verb(servers, 'filters', 'filter')} the domain`,
      remedy: 'Use other resolvers, and ask the operator of this one why the domain is on its list.',
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
