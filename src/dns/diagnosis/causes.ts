import type { Finding } from '../../domain/dns-report.ts';
import { printable } from '../../text/untrusted.ts';
import {
  delegationMismatch,
  lameServer,
  notRegistered,
  secondaryLags,
  splitHorizon,
  subDelegation,
} from './authority-causes.ts';
import { absenceCached, anycastSplit, oldRrsetCached, staleAnswer } from './cache-causes.ts';
import type { Cause, Evidence } from './evidence.ts';
import { port53Blocked, port53Intercepted, tcpBlocked } from './network-causes.ts';
import { anotherCode, notPublished, quotingOrSplitting, wrongName, wrongType } from './record-causes.ts';
import { dnssecBogus, filtered, zoneUnreachable } from './resolver-causes.ts';

/** All causes, the most telling first: that is the one a person reads. */
export const CAUSES: readonly Cause[] = [
  notRegistered,
  port53Intercepted,
  wrongType,
  quotingOrSplitting,
  wrongName,
  anotherCode,
  subDelegation,
  tcpBlocked,
  port53Blocked,
  secondaryLags,
  dnssecBogus,
  filtered,
  zoneUnreachable,
  staleAnswer,
  anycastSplit,
  oldRrsetCached,
  absenceCached,
  notPublished,
  lameServer,
  delegationMismatch,
  splitHorizon,
];

/** Every cause that the evidence shows, the most telling first. Each text is one printable line. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  return CAUSES.flatMap((cause) => {
    const found = cause.explain(evidence);
    if (found === undefined) return [];
    const [evidenceLine, remedy] = [printable(found.evidence), printable(found.remedy)];
    return [{ cause: cause.id, ...found, evidence: evidenceLine, remedy }];
  });
}
