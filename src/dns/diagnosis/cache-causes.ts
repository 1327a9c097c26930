import {
  type Cause,
  cachedUntil,
  type Evidence,
  isPublished,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  type ServerEvidence,
  verb,
} from './evidence.ts';

/** Extended DNS Errors of an answer past its TTL: Stale Answer and Stale NXDOMAIN (RFC 8914, sections 4.4 and 4.20). */
const STALE: ReadonlySet<number> = new Set([3, 19]);

/** Resolvers that still have an old answer cached although the record is published. */
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
  return {
    evidence: `the record is published, but ${listLabels(servers)} still ${verb(servers, 'has', 'have')} ${what} ${cachedUntil(untilMs, nowMs)}`,
    remedy: 'Just wait: the cache entry expires on its own.',
    servers: labelsOf(servers),
    resolves_at: new Date(untilMs).toISOString(),
  };
}

/** The resolver was asked before there was any TXT record (RFC 2308). */
export const absenceCached: Cause = {
  id: 'absence-cached',
  explain: (evidence) =>
    explainCache(
      holding(evidence, (values) => values.length === 0),
      'the absence of any TXT record',
      evidence.nowMs,
    ),
};

/** The resolver was asked while there were only other TXT records. */
export const oldRrsetCached: Cause = {
  id: 'old-rrset-cached',
  explain: (evidence) =>
    explainCache(
      holding(evidence, (values) => values.length > 0),
      'the old TXT records',
      evidence.nowMs,
    ),
};

/** Servers behind one anycast address answer differently. */
export const anycastSplit: Cause = {
  id: 'anycast-split',
  explain({ resolvers, probes }) {
    const split = lacking(resolvers).filter(({ server }) => probes.undecided.includes(server.label));
    if (split.length === 0) return undefined;
    return {
      evidence: `${listLabels(split)} ${verb(split, 'answers', 'answer')} sometimes with the record and sometimes without it: several servers with separate caches share one address`,
      remedy: 'Just wait: each of these servers sees the record once its own cache entry expires.',
      servers: labelsOf(split),
    };
  },
};

/** The resolver cannot reach the zone and serves expired data instead (RFC 8767). */
export const staleAnswer: Cause = {
  id: 'stale-answer',
  explain({ resolvers }) {
    const stale = lacking(resolvers).filter((server) =>
      messageOf(server)?.extendedErrors.some(({ code }) => STALE.has(code)),
    );
    if (stale.length === 0) return undefined;
    return {
      evidence: `${listLabels(stale)} ${verb(stale, 'serves', 'serve')} an expired answer because ${verb(stale, 'it', 'they')} could not reach the authoritative servers`,
      remedy:
        'Check that the authoritative servers can be reached from everywhere and do not rate-limit this resolver.',
      servers: labelsOf(stale),
    };
  },
};
