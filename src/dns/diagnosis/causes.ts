import type { Finding } from '../../domain/dns-report.ts';
import { printable } from '../../text/untrusted.ts';
import {
  authoritySplit,
  lameServer,
  notRegistered,
  secondaryLags,
  splitHorizon,
  subDelegation,
} from './authority-causes.ts';
import { absenceCached, anycastSplit, oldRrsetCached, staleAnswer } from './cache-causes.ts';
import { delegationMismatch } from './delegation-causes.ts';
import type { Cause, Evidence } from './evidence.ts';
import { port53Blocked, port53Intercepted, tcpBlocked } from './network-causes.ts';
import { anotherCode, notPublished, quotingOrSplitting, wrongName, wrongType } from './record-causes.ts';
import { dnssecBogus, filtered, resolverUnreachable, zoneUnreachable } from './resolver-causes.ts';

/** All causes, the most telling first: that is the one a person reads, unless another is decisive. */
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
  authoritySplit,
  secondaryLags,
  dnssecBogus,
  filtered,
  zoneUnreachable,
  staleAnswer,
  anycastSplit,
  oldRrsetCached,
  absenceCached,
  notPublished,
  resolverUnreachable,
  lameServer,
  delegationMismatch,
  splitHorizon,
];

/** Every cause that the evidence shows, the most telling first. Each text is one printable line. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  const findings = CAUSES.flatMap((cause) => {
    const explained = cause.explain(evidence);
    if (explained === undefined) return [];
    const { isDecisive = false, ...found } = explained;
    const [evidenceLine, remedy] = [printable(found.evidence), printable(found.remedy)];
    return [{ isDecisive, finding: { cause: cause.id, ...found, evidence: evidenceLine, remedy } }];
  });
  const inOrder = findings.toSorted((one, other) => Number(other.isDecisive) - Number(one.isDecisive));
  return inOrder.map(({ finding }) => finding);
}
