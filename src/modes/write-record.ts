import type { EmailDomain } from '../domain/email-domain.ts';
import type { RecordSettings, Settings } from '../domain/settings.ts';
import { printable } from '../text/untrusted.ts';
import type { Services } from './services.ts';
import { lookAtTxtToday } from './txt-today.ts';

/** Writes the TXT record for the DNS tool that owns the zone, into its file if one is given. */
export async function writeRecord(
  domain: EmailDomain,
  { format: name, file }: RecordSettings,
  settings: Settings,
  services: Services,
): Promise<void> {
  const { dns, workspace, clock, log } = services;
  const emailDomain = domain.record?.emailDomain;
  if (emailDomain === undefined) return;
  // Loaded only here: the parsers would make every other start slower.
  const { RECORD_FORMATS } = await import('../records/formats.ts');
  const format = RECORD_FORMATS[name];
  if (format.needsTxtValues) domain.txtToday = await dns.currentTxt(emailDomain);
  else await lookAtTxtToday(domain, settings, services);
  domain.renderRecord = format.render;
  const { record } = domain;
  if (file === undefined || record === undefined) return;
  const path = file.replaceAll('{email-domain}', emailDomain);
  const target = { path, nowMs: clock.now() };
  const { dryRun } = settings;
  const hasChanged = await workspace.update(path, (text) => format.merge(text, record, target), { dryRun });
  const shown = printable(path, 200);
  if (!hasChanged) log.info(`${shown} already has the record of ${emailDomain}.`);
  else log.info(`${dryRun ? 'Dry run: would write' : 'Wrote'} the record of ${emailDomain} to ${shown}.`);
}
