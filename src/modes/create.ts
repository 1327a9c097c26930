import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import type { Settings } from '../domain/settings.ts';
import { begin, patch } from './connector-change.ts';
import { lookUp, type Mode } from './mode.ts';
import { requireApi, type Services } from './services.ts';
import { lookAtTxtToday } from './txt-today.ts';
import { warnOfWildcard } from './wildcard-today.ts';
import { checkRecordFile, writeRecord } from './write-record.ts';

/** Finds the SSO connector of the email domain or creates it, and writes its TXT record where the inputs ask for it. */
export const create: Mode = async (domain, settings, services) => {
  const connector = await lookUp(domain, settings, services);
  await warnOfWildcard(domain, settings, services);
  if (connector !== undefined) await adopt(domain, connector, settings, services);
  else {
    // What cannot be written is better known before there is a connector.
    if (settings.record !== undefined) await checkRecordFile(domain, settings.record, settings, services);
    await make(domain, settings, services);
  }
  if (settings.record === undefined) await lookAtTxtToday(domain, settings, services);
  else await writeRecord(domain, settings.record, settings, services);
};

async function make(domain: EmailDomain, settings: Settings, services: Services): Promise<void> {
  const { name } = domain;
  if (name === undefined) return;
  const { log } = services;
  if (settings.dryRun) {
    log.info(`Dry run: would create an SSO connector for ${name}.`);
    return;
  }
  const wanted = {
    email_domain: name,
    begin_verification: settings.beginVerification,
    ...(settings.useFedrampLanguage !== undefined && { use_fedramp_language: settings.useFedrampLanguage }),
  };
  const { ssoConnectors } = requireApi(services);
  const { isCreated = false } = await domain.changeConnector({
    send: async () => {
      const { connector, created } = await ssoConnectors.create(wanted);
      return { connector, isOurs: created, isCreated: created };
    },
    look: () => ssoConnectors.findNew(name),
    isDone: (seen) => seen !== undefined,
    isCreation: true,
  });
  log.info(`${isCreated ? 'Created' : 'Found'} SSO connector ${domain.connector?.id} for ${name}.`);
  sayWhatToPublish(domain, services);
}

/** An existing connector stays as it is, except for what the inputs ask for. */
async function adopt(
  domain: EmailDomain,
  connector: SsoConnector,
  settings: Settings,
  services: Services,
): Promise<void> {
  services.log.info(
    `Found SSO connector ${connector.id} for ${connector.emailDomain} (${describeStatus(connector)}).`,
  );
  await applyFedrampLanguage(domain, connector, settings, services);
  if (settings.beginVerification && connector.verificationStatus === 'failed')
    await restartVerification(domain, connector, settings, services);
  if (!connector.enabled && connector.verificationStatus !== 'verified') sayWhatToPublish(domain, services);
}

function describeStatus({ enabled, verificationStatus }: SsoConnector): string {
  if (enabled) return 'enabled';
  return verificationStatus === 'verified' ? 'verified' : `verification ${verificationStatus ?? 'unknown'}`;
}

async function applyFedrampLanguage(
  domain: EmailDomain,
  { id, useFedrampLanguage: from }: SsoConnector,
  { useFedrampLanguage: to, dryRun }: Settings,
  services: Services,
): Promise<void> {
  if (to === undefined || to === from) return;
  const { log } = services;
  if (dryRun) {
    log.info(`Dry run: would change use_fedramp_language from ${from} to ${to}.`);
    return;
  }
  const { ssoConnectors } = requireApi(services);
  await domain.changeConnector(patch(ssoConnectors, id, { use_fedramp_language: to }));
  log.info(`Changed use_fedramp_language from ${from} to ${to}.`);
}

async function restartVerification(
  domain: EmailDomain,
  connector: SsoConnector,
  { dryRun }: Settings,
  services: Services,
): Promise<void> {
  const { log } = services;
  if (dryRun) {
    log.info('Dry run: would restart the failed verification.');
    return;
  }
  await domain.changeConnector(begin(requireApi(services).ssoConnectors, domain.connector ?? connector));
  log.info('Its verification had failed; Cloudflare has started again.');
}

function sayWhatToPublish({ record }: EmailDomain, { log }: Services): void {
  if (record === undefined) return;
  log.info(`Publish this TXT record: ${record.emailDomain}.  IN  TXT  "${record.verificationCode}"`);
}
