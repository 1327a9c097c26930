import type { SsoConnector } from '../domain/connector.ts';
import { type Drift, type DriftReport, describeNotChecked, type NotChecked } from '../domain/drift.ts';
import { ActionError, toActionError } from '../domain/errors.ts';
import type { DomainResult, RunResult } from '../domain/run-result.ts';
import type { Settings } from '../domain/settings.ts';
import { requireApi, type Services } from './services.ts';
import { watchAccount } from './watch-guards.ts';

/** What is known only once mode check has compared every email domain. */
type Conclusion = Pick<RunResult, 'drift' | 'driftIssueUrl' | 'changed' | 'failures'>;

const NOTHING: Conclusion = { drift: undefined, driftIssueUrl: undefined, changed: false, failures: [] };

/**
 * The end of mode check for the account as a whole: connectors that nobody declared, the one GitHub issue, and
 * whether the step fails.
 */
export async function concludeCheck(
  domains: readonly DomainResult[],
  settings: Settings,
  services: Services,
): Promise<Conclusion> {
  const { account, check, dryRun } = settings;
  if (!settings.modes.includes('check') || account === undefined) return NOTHING;
  try {
    const { connectors, isWhole } = await requireApi(services).ssoConnectors.listReadable();
    const watched = await watchAccount(domains, settings, services);
    const others = [...undeclared(connectors, domains, settings), ...watched.drift];
    for (const { email_domain, actual, remedy } of others)
      services.log.info(`Drift: ${email_domain}: ${actual}. ${remedy}`);
    // Nobody knows what an entry that cannot be read is.
    const unread: readonly NotChecked[] = isWhole ? [] : [{ kind: 'undeclared-connector' }];
    const notChecked = [
      ...unread,
      ...watched.notChecked,
      ...domains.flatMap(({ domain }) => domain.notChecked),
    ];
    const drift = toDriftReport(account.accountId, domains, others, notChecked);
    for (const one of drift.not_checked) services.log.info(`Not checked: ${describeNotChecked(one)}.`);
    const failures =
      drift.drift && check.failOnDrift ? [{ emailDomain: undefined, error: driftError(drift) }] : [];
    if (drift.drift && !check.failOnDrift) services.log.warning(describeDrift(drift));
    const concluded = { ...NOTHING, drift, failures };
    if (check.issue === undefined) return concluded;
    return await keepIssue(concluded, drift, check.issue.githubToken, dryRun, services);
  } catch (thrown) {
    return { ...NOTHING, failures: [{ emailDomain: undefined, error: toActionError(thrown) }] };
  }
}

async function keepIssue(
  concluded: Conclusion,
  drift: DriftReport,
  token: string,
  dryRun: boolean,
  services: Services,
): Promise<Conclusion> {
  try {
    const { action, url } = await services.keepDriftIssue(drift, { token, dryRun });
    return { ...concluded, driftIssueUrl: url, changed: action !== 'none' && !dryRun };
  } catch (thrown) {
    const failure = { emailDomain: undefined, error: toActionError(thrown) };
    // Some of what was sent may have been carried out.
    return { ...concluded, changed: dryRun ? false : undefined, failures: [...concluded.failures, failure] };
  }
}

/** Connectors of the account that the inputs do not name. */
function undeclared(
  connectors: readonly SsoConnector[],
  domains: readonly DomainResult[],
  { connectorId, emailDomains }: Settings,
): readonly Drift[] {
  const declared = new Set([...emailDomains, ...domains.map(({ domain }) => domain.name)]);
  const compared = new Set([connectorId, ...domains.map(({ domain }) => domain.connector?.id)]);
  // Where a check failed, nobody knows which one it is about; where it found none, the list may be older.
  const unknown = new Set(
    domains
      .filter(({ domain }) => domain.drift === undefined || domain.sight.kind === 'absent')
      .map(({ domain }) => domain.name),
  );
  return connectors
    .filter(({ id, emailDomain }) => !compared.has(id) && !unknown.has(emailDomain))
    .map(({ id, emailDomain, enabled }) => {
      const [is, deletion] =
        enabled === false ? ['disabled', 'delete'] : [mayBe(enabled), 'disable and delete'];
      const isSecond = declared.has(emailDomain);
      return {
        kind: 'undeclared-connector',
        email_domain: emailDomain,
        connector_id: id,
        expected: isSecond ? 'a single SSO connector' : 'no SSO connector',
        actual: `the account has another SSO connector (${is})${isSecond ? ' for the email domain' : ' that is not declared'}`,
        remedy: isSecond
          ? `Look at both, then ${deletion} the one that is not needed, by its connector ID.`
          : `Add the email domain to this check, or ${deletion} the connector.`,
      };
    });
}

function mayBe(enabled: true | undefined): string {
  return enabled === true ? 'enabled' : 'perhaps enabled';
}

function toDriftReport(
  accountId: string,
  domains: readonly DomainResult[],
  others: readonly Drift[],
  notChecked: readonly NotChecked[],
): DriftReport {
  const nameOf = ({ domain }: DomainResult): string => domain.name ?? 'the connector';
  const compared = domains.filter(({ domain }) => domain.drift !== undefined);
  const failed = domains.filter(({ domain }) => domain.drift === undefined);
  const differences = [...compared.flatMap(({ domain }) => domain.drift ?? []), ...others];
  return {
    drift: differences.length > 0,
    account_id: accountId,
    checked: compared.map(nameOf).sort(),
    failed: failed.map(nameOf).sort(),
    differences: differences.sort(
      (one, other) => compare(one.email_domain, other.email_domain) || compare(one.kind, other.kind),
    ),
    not_checked: [...new Map(notChecked.map((one) => [one.kind, one])).values()].sort((one, other) =>
      compare(one.kind, other.kind),
    ),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** As many as fit into an annotation. */
const MAX_NAMED = 5;

function describeDrift({ differences }: DriftReport): string {
  const named = differences.slice(0, MAX_NAMED).map((one) => `${one.email_domain}: ${one.actual}`);
  const more = differences.length > MAX_NAMED ? `; and ${differences.length - MAX_NAMED} more` : '';
  const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
  return `Drift, ${count} from what is declared: ${named.join('; ')}${more}.`;
}

function driftError(drift: DriftReport): ActionError {
  return new ActionError(describeDrift(drift), {
    hint: 'The job summary and the output drift-report say what to do about each. fail-on-drift: false reports drift without failing.',
  });
}
