import { formatDuration, formatTime } from '../../text/duration.ts';
import {
  type Cause,
  type Evidence,
  isPublished,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** Extended DNS Errors by which a resolver owns up to an answer past its TTL (RFC 8914, sections 4.4 and 4.20). */
const STALE: ReadonlySet<number> = new Set([3, 19]);

/** Resolvers that hold an old answer while the record is published. */
function holding(
  evidence: Evidence,
  isOld: (values: readonly string[]) => boolean,
): readonly ServerEvidence[] {
  if (!isPublished(evidence)) return [];
  return lacking(evidence.resolvers).filter(
    ({ state: { observation, expiresAtMs } }) =>
      observation?.kind === 'absent' && expiresAtMs !== undefined && isOld(observation.values),
  );
}

function explainCache(servers: readonly ServerEvidence[], what: string, nowMs: number) {
  if (servers.length === 0) return undefined;
  const untilMs = Math.max(...servers.map(({ state }) => state.expiresAtMs ?? nowMs));
  const left = formatDuration(untilMs - nowMs);
  return {
    evidence: `the record is published, but ${listLabels(servers)} still ${verb(servers, 'has', 'have')} ${what} in the cache for ${left}, until ${formatTime(untilMs, nowMs)}`,
    remedy: 'Nothing needs to be done but wait: the cache lets go of it by itself.',
    servers: labelsOf(servers),
    resolves_at: new Date(untilMs).toISOString(),
  };
}

/** Somebody asked the resolver before there was any TXT record (RFC 2308). */
export const absenceCached: Cause = {
  id: 'absence-cached',
  explain: (evidence) =>
    explainCache(
      holding(evidence, (values) => values.length === 0),
      'the absence of any TXT record',
      evidence.nowMs,
    ),
};

/** Somebody asked the resolver while only the older TXT records were there. */
export const oldRrsetCached: Cause = {
  id: 'old-rrset-cached',
  explain: (evidence) =>
    explainCache(
      holding(evidence, (values) => values.length > 0),
      'the TXT records of before',
      evidence.nowMs,
    ),
};

/** Backends of one anycast service that do not know the same. */
export const anycastSplit: Cause = {
  id: 'anycast-split',
  explain({ resolvers, probes }) {
    const split = lacking(resolvers).filter(({ server }) => probes.undecided.includes(server.label));
    if (split.length === 0) return undefined;
    return {
      evidence: `${listLabels(split)} ${verb(split, 'answers', 'answer')} now with the record and now without it, since several machines stand behind one address`,
      remedy: 'Nothing needs to be done but wait: each machine learns it when its own cache expires.',
      servers: labelsOf(split),
    };
  },
};

/** The resolver cannot reach the zone and says so by serving what is past its TTL (RFC 8767). */
export const staleAnswer: Cause = {
  id: 'stale-answer',
  explain({ resolvers }) {
    const stale = lacking(resolvers).filter((server) =>
      messageOf(server)?.extendedErrors.some(({ code }) => STALE.has(code)),
    );
    if (stale.length === 0) return undefined;
    return {
      evidence: `${listLabels(stale)} ${verb(stale, 'serves', 'serve')} an answer past its TTL, because the authoritative servers could not be reached from there`,
      remedy:
        'Check that the authoritative servers can be reached from everywhere, and do not limit its queries.',
      servers: labelsOf(stale),
    };
  },
};
