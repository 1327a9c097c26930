import type { SsoConnector } from '../domain/connector.ts';
import type { DnsReport } from '../domain/dns-report.ts';
import type { Drift } from '../domain/drift.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import type { Settings } from '../domain/settings.ts';
import { describeCause } from './cause-words.ts';
import { type Mode, ownerOf } from './mode.ts';
import { requireApi, type Services } from './services.ts';
import { watchDomain } from './watch-guards.ts';

/** Compares what is there with what is declared, and changes nothing. */
export const check: Mode = async (domain, settings, services) => {
  const { log } = services;
  const { name } = domain;
  const { connectorId } = settings;
  const connector = await declaredConnector(domain, settings, services);
  if (connector === undefined) {
    const other = await otherConnector(domain, settings, services);
    domain.see(other);
    domain.drift = [noConnector(name ?? connectorId ?? '', connectorId, other)];
  } else if (name !== undefined && connector.emailDomain !== name) {
    // Nothing was seen of the email domain itself.
    domain.drift = [ofOtherDomain(connector, name)];
  } else {
    domain.see(connector);
    const dns = await lookAtRecord(connector, services);
    if (dns !== undefined) domain.seeDns(dns);
    const watched = await watchDomain(connector, settings, services);
    domain.drift = [...differences(connector, dns, settings), ...watched.drift];
    domain.notChecked = watched.notChecked;
  }
  if (domain.dns !== undefined && isOnlyCached(domain.dns)) log.info(noteOnCaches(domain.dns));
  if (domain.drift.length === 0) log.info(`${domain.name ?? 'The connector'} is as declared.`);
  for (const { actual, expected, remedy } of domain.drift)
    log.info(`Drift: ${actual}; expected: ${expected}. ${remedy}`);
};

/** From the list, which is read once for all email domains; but a change of this very run is newer than the list. */
async function declaredConnector(
  { connector, name }: EmailDomain,
  { connectorId }: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const { ssoConnectors } = requireApi(services);
  if (connector !== undefined) return ssoConnectors.getIfThere(connector.id);
  if (connectorId === undefined) return name === undefined ? undefined : ssoConnectors.find(name);
  return (await ssoConnectors.listReadable()).connectors.find(({ id }) => id === connectorId);
}

/** What the email domain has where the given ID is not there. */
async function otherConnector(
  { name }: EmailDomain,
  { connectorId }: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  if (connectorId === undefined || name === undefined) return undefined;
  return requireApi(services).ssoConnectors.find(name);
}

/** Looks once, without waiting: what is not visible now has drifted. */
async function lookAtRecord(
  { emailDomain, verificationCode }: SsoConnector,
  { dns, log }: Services,
): Promise<DnsReport | undefined> {
  if (verificationCode === undefined) {
    log.warning(
      `Cloudflare shows no verification code for ${emailDomain}, so its TXT record is not checked.`,
    );
    return undefined;
  }
  const oneLook = { timeoutMs: 0, pollIntervalMs: 0 };
  return dns.waitFor({ name: emailDomain, value: verificationCode }, oneLook, log);
}

function noConnector(emailDomain: string, id: string | undefined, other: SsoConnector | undefined): Drift {
  const isThere = other === undefined ? '' : `; the email domain has connector ${other.id}`;
  return {
    kind: 'connector-missing',
    email_domain: emailDomain,
    expected: id === undefined ? 'an SSO connector' : `SSO connector ${id}`,
    actual: `this account has no SSO connector${id === undefined ? '' : ` ${id}`}${isThere}`,
    remedy:
      other === undefined
        ? 'Run mode create, or remove the email domain from this check.'
        : 'Correct connector-id, or leave it out.',
  };
}

function ofOtherDomain({ id, emailDomain }: SsoConnector, name: string): Drift {
  return {
    kind: 'connector-missing',
    email_domain: name,
    connector_id: id,
    expected: `SSO connector ${id} for ${name}`,
    actual: `connector ${id} belongs to ${ownerOf(emailDomain)}`,
    remedy: 'Leave out either connector-id or email-domain.',
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
      actual: `the connector's verification status is ${verificationStatus ?? 'unknown'}`,
      remedy: 'Publish the TXT record, then run create, wait-for-dns and enable.',
    });
  }
  if (enabled === undefined) {
    drift.push({
      ...about,
      kind: 'enabled-unknown',
      expected: expectEnabled ? 'enabled' : 'disabled',
      actual: 'Cloudflare does not say whether the connector is enabled',
      remedy: 'Look at the connector in the dashboard, then run check again.',
    });
  }
  if (expectEnabled && enabled === false) {
    drift.push({
      ...about,
      kind: 'not-enabled',
      expected: 'enabled',
      actual: 'the connector is disabled',
      remedy:
        verificationStatus === 'verified'
          ? 'Find out who disabled it and why before you run mode enable.'
          : 'Run mode enable once the TXT record is published.',
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
      remedy: 'Run mode create with the same use-fedramp-language to change it.',
    });
  }
  const isAsDeclared = dns === undefined || dns.visible || isOnlyCached(dns);
  return isAsDeclared ? drift : [...drift, recordDrift(dns, about)];
}

/** Causes that end with a cache entry, while the record is as it should be. */
const CACHE_CAUSES: ReadonlySet<string> = new Set(['anycast-split', 'old-rrset-cached', 'absence-cached']);

/** Whether every authoritative server has the record, and only caches of resolvers still have an older answer. */
function isOnlyCached({ visible, authoritative, servers, diagnosis: [main] }: DnsReport): boolean {
  if (visible || !authoritative || main === undefined || !CACHE_CAUSES.has(main.cause)) return false;
  const without = servers.filter(({ record }) => record !== 'present');
  return without.every(({ role, record, expires_at }) =>
    role === 'resolver' ? expires_at !== undefined : record === 'unknown',
  );
}

function noteOnCaches({ name, diagnosis: [main] }: DnsReport): string {
  return `No drift, but not every resolver sees the TXT record of ${name} yet: ${main?.evidence ?? ''}.`;
}

/** A record is missing if every authoritative server that answers says so; otherwise it is not visible from here. */
function recordDrift(dns: DnsReport, about: Pick<Drift, 'email_domain' | 'connector_id'>): Drift {
  const authoritative = dns.servers.filter(
    ({ role, record }) => role === 'authoritative' && record !== 'unknown',
  );
  const isGone = authoritative.length > 0 && authoritative.every(({ record }) => record === 'absent');
  const [main] = dns.diagnosis;
  // The same drift has the same text: evidence holds serials and times and would rewrite the issue each week.
  const cause = main === undefined ? '' : `; most likely, ${describeCause(main.cause)}`;
  return {
    ...about,
    kind: isGone ? 'record-missing' : 'record-not-visible',
    expected: `the TXT record "${dns.value}"`,
    actual: `${isGone ? 'the authoritative servers do not have the TXT record' : 'the TXT record is not visible'}${cause}`,
    remedy: isGone
      ? 'Publish the TXT record.'
      : 'Run mode wait-for-dns: it waits until the record is visible, or explains why it is not.',
  };
}
