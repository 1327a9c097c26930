import type { SsoConnector } from '../domain/connector.ts';
import { type Progress, withConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { lookUp, type Mode, type ModeServices, send } from './mode.ts';
import { requireApi } from './services.ts';
import { writeRecord } from './write-record.ts';

/** Finds the SSO connector of the email domain, or makes it, and writes its TXT record down where asked to. */
export const create: Mode = async (progress, settings, services) => {
  const known = await findOrMake(progress, settings, services);
  return settings.record === undefined ? known : writeRecord(known, settings.record, settings, services);
};

const findOrMake: Mode = async (progress, settings, services) => {
  const found = await lookUp(progress, settings, services);
  if (found.connector !== undefined) return adopt(found, found.connector, settings, services);
  if (found.emailDomain === undefined) return found;
  if (settings.dryRun) {
    services.log.info(`Dry run: would create an SSO connector for ${found.emailDomain}.`);
    return found;
  }
  const wanted = {
    email_domain: found.emailDomain,
    begin_verification: settings.beginVerification,
    ...(settings.useFedrampLanguage !== undefined && { use_fedramp_language: settings.useFedrampLanguage }),
  };
  const { ssoConnectors } = requireApi(services);
  const { connector, created } = await send('connector', found, services, () => ssoConnectors.create(wanted));
  services.log.info(
    `${created ? 'Created' : 'Found'} the SSO connector ${connector.id} for ${connector.emailDomain}.`,
  );
  sayWhatToPublish(connector, services);
  return services.save({ ...withConnector(found, connector), created, changed: created });
};

/** A connector that is there stays as it is, save for what the inputs ask for. */
async function adopt(
  progress: Progress,
  connector: SsoConnector,
  settings: Settings,
  services: ModeServices,
): Promise<Progress> {
  const { log, save } = services;
  const status = connector.enabled ? 'enabled' : `verification ${connector.verificationStatus ?? 'unknown'}`;
  log.info(`Found the SSO connector ${connector.id} for ${connector.emailDomain} (${status}).`);
  let current = save(await applyFedrampLanguage(progress, connector, settings, services));
  if (settings.beginVerification && connector.verificationStatus === 'failed') {
    if (settings.dryRun) {
      log.info('Dry run: would start the failed verification again.');
    } else {
      const { ssoConnectors } = requireApi(services);
      await send('connector', current, services, () => ssoConnectors.beginVerification(connector.id));
      const restarted = { ...(current.connector ?? connector), verificationStatus: 'pending' } as const;
      current = save({ ...withConnector(current, restarted), changed: true });
      log.info('Its verification had failed; Cloudflare has started it again.');
    }
  }
  if (!connector.enabled && connector.verificationStatus !== 'verified')
    sayWhatToPublish(connector, services);
  return current;
}

async function applyFedrampLanguage(
  progress: Progress,
  connector: SsoConnector,
  { useFedrampLanguage, dryRun }: Settings,
  services: ModeServices,
): Promise<Progress> {
  if (useFedrampLanguage === undefined || useFedrampLanguage === connector.useFedrampLanguage)
    return progress;
  const [from, to] = [connector.useFedrampLanguage, useFedrampLanguage];
  if (dryRun) {
    services.log.info(`Dry run: would change use_fedramp_language from ${from} to ${to}.`);
    return progress;
  }
  const { ssoConnectors } = requireApi(services);
  const change = { use_fedramp_language: to };
  const changed = await send('connector', progress, services, () =>
    ssoConnectors.change(connector.id, change),
  );
  services.log.info(`Changed use_fedramp_language from ${from} to ${to}.`);
  return { ...withConnector(progress, changed), changed: true };
}

function sayWhatToPublish({ emailDomain, verificationCode }: SsoConnector, { log }: ModeServices): void {
  if (verificationCode === undefined) return;
  log.info('The TXT record to publish, at the zone apex and whole:');
  log.info(`    ${emailDomain}.  IN  TXT  "${verificationCode}"`);
}
