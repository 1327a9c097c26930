import { isNotFound } from '../cloudflare/sso-connectors.ts';
import type { SsoConnector } from '../domain/connector.ts';
import type { DnsReport } from '../domain/dns-report.ts';
import { txtInReport } from '../domain/dns-report.ts';
import type { Drift } from '../domain/drift.ts';
import { type Progress, withConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import type { Mode, ModeServices } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/** Compares what is with what was declared, and changes nothing. */
export const check: Mode = async (progress, settings, services) => {
  const connector = await declaredConnector(progress, settings, services);
  if (connector === undefined) {
    const domain = progress.emailDomain ?? settings.connectorId ?? '';
    return conclude({ ...progress, isAbsent: true }, [connectorMissing(domain)], services);
  }
  const found = services.save(withConnector(progress, connector));
  const dns = await lookAtRecord(connector, services);
  const seen = dns === undefined ? found : { ...found, dns, txtToday: txtInReport(dns) ?? found.txtToday };
  return conclude(seen, differences(connector, dns, settings), services);
};

/** From the list, which is read once for all email domains; a change of this very run is newer than that. */
async function declaredConnector(
  { connector, emailDomain }: Progress,
  { connectorId }: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const { ssoConnectors } = requireApi(services);
  if (connector !== undefined) {
    return ssoConnectors.get(connector.id).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  }
  if (connectorId === undefined)
    return emailDomain === undefined ? undefined : ssoConnectors.find(emailDomain);
  const all = await ssoConnectors.list();
  return (
    all.find((one) => one.id === connectorId && emailDomain === undefined) ??
    all.find((one) => one.id === connectorId && one.emailDomain === emailDomain)
  );
}

/** One look, without waiting: what is not visible now has drifted. */
async function lookAtRecord(
  { emailDomain, verificationCode }: SsoConnector,
  { dns, log }: ModeServices,
): Promise<DnsReport | undefined> {
  if (verificationCode === undefined) {
    log.warning(`Cloudflare gives no verification code for ${emailDomain}: its TXT record is not checked.`);
    return undefined;
  }
  return dns.waitFor(
    { name: emailDomain, value: verificationCode },
    { timeoutMs: 0, pollIntervalMs: 0 },
    log,
  );
}

function conclude(progress: Progress, drift: readonly Drift[], { log, save }: ModeServices): Progress {
  if (drift.length === 0) log.info(`${progress.emailDomain ?? 'The connector'} is as declared.`);
  for (const one of drift) log.info(`Drift: ${one.actual}; declared is ${one.expected}. ${one.remedy}`);
  return save({ ...progress, drift });
}

function connectorMissing(emailDomain: string): Drift {
  return {
    kind: 'connector-missing',
    email_domain: emailDomain,
    expected: 'an SSO connector',
    actual: 'there is none in this account',
    remedy: 'Run mode create, or take the email domain out of this check.',
  };
}

function differences(
  connector: SsoConnector,
  dns: DnsReport | undefined,
  { check: { expectEnabled }, useFedrampLanguage }: Settings,
): readonly Drift[] {
  const { enabled, verificationStatus, emailDomain, id } = connector;
  const about = { email_domain: emailDomain, connector_id: id };
  const drift: Drift[] = [];
  if (verificationStatus !== 'verified') {
    drift.push({
      ...about,
      kind: 'not-verified',
      expected: 'verified',
      actual: `its verification status is ${verificationStatus ?? 'unknown'}`,
      remedy: 'Publish the TXT record, then run create, wait-for-dns and enable.',
    });
  }
  if (expectEnabled && !enabled) {
    drift.push({
      ...about,
      kind: 'not-enabled',
      expected: 'enabled',
      actual: 'the connector is disabled',
      remedy: 'Find out who disabled it and why before you run mode enable.',
    });
  }
  if (!expectEnabled && enabled) {
    drift.push({
      ...about,
      kind: 'enabled',
      expected: 'disabled',
      actual: 'the connector is enabled',
      remedy: 'Run mode disable, or declare it with expect-enabled: true.',
    });
  }
  if (useFedrampLanguage !== undefined && useFedrampLanguage !== connector.useFedrampLanguage) {
    drift.push({
      ...about,
      kind: 'fedramp-language',
      expected: `use_fedramp_language ${useFedrampLanguage}`,
      actual: `use_fedramp_language is ${connector.useFedrampLanguage}`,
      remedy: 'Run mode create with the same use-fedramp-language: it changes it.',
    });
  }
  return dns === undefined || dns.visible ? drift : [...drift, recordDrift(dns, about)];
}

/** Gone is what every authoritative server that answers says; everything else is not visible from here. */
function recordDrift(dns: DnsReport, about: Pick<Drift, 'email_domain' | 'connector_id'>): Drift {
  const authoritative = dns.servers.filter(
    ({ role, record }) => role === 'authoritative' && record !== 'unknown',
  );
  const isGone = authoritative.length > 0 && authoritative.every(({ record }) => record === 'absent');
  const [main] = dns.diagnosis;
  // The same words for the same drift: evidence has serials and times in it, and would rewrite the issue each week.
  const cause = main === undefined ? '' : `, most likely ${main.cause}`;
  return {
    ...about,
    kind: isGone ? 'record-missing' : 'record-not-visible',
    expected: `the TXT record "${dns.value}"`,
    actual: `${isGone ? 'the authoritative servers do not have the TXT record' : 'the TXT record is not visible'}${cause}`,
    remedy: isGone
      ? 'Publish the TXT record again.'
      : 'See the job summary for what each server said; mode wait-for-dns waits until it is visible.',
  };
}
