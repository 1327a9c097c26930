import type { Progress } from '../domain/progress.ts';
import type { RecordSettings, Settings } from '../domain/settings.ts';
import type { SsoRecord } from '../domain/sso-record.ts';
import { withNewText } from '../domain/sso-record.ts';
import { printable } from '../text/untrusted.ts';
import type { ModeServices } from './mode.ts';

/** Writes the TXT record down for the DNS tool that owns the zone, into its file where one is given. */
export async function writeRecord(
  progress: Progress,
  { format: name, file }: RecordSettings,
  settings: Settings,
  services: ModeServices,
): Promise<Progress> {
  const { emailDomain, verificationCode, connector } = progress;
  if (emailDomain === undefined || verificationCode === undefined) return progress;
  // Loaded only here: its parsers would make every other start slower.
  const { RECORD_FORMATS } = await import('../records/formats.ts');
  const format = RECORD_FORMATS[name];
  const txtToday = format.needsTxtValues ? await services.dns.currentTxt(emailDomain) : progress.txtToday;
  const record: SsoRecord = {
    emailDomain,
    verificationCode,
    accountId: settings.account?.accountId,
    connectorId: connector?.id,
    txtValues: txtToday && withNewText(txtToday, verificationCode),
  };
  const written = services.save({ ...progress, txtToday, record: format.render(record) });
  if (file === undefined) return written;
  const path = file.replaceAll('{email-domain}', emailDomain);
  const target = { path, nowMs: services.clock.now() };
  const hasChanged = await services.workspace.update(
    path,
    (current) => format.merge(current, record, target),
    { dryRun: settings.dryRun },
  );
  const shown = printable(path, 200);
  if (!hasChanged) services.log.info(`${shown} has the record of ${emailDomain} already.`);
  else
    services.log.info(
      `${settings.dryRun ? 'Dry run: would write' : 'Wrote'} the record of ${emailDomain} to ${shown}.`,
    );
  return written;
}
