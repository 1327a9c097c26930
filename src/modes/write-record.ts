import { isAtOrBelow } from '../domain/dns-name.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { InputError } from '../domain/errors.ts';
import { parseRecordZone, type RecordZone } from '../domain/record-zone.ts';
import type { RecordSettings, Settings } from '../domain/settings.ts';
import type { RecordFormatName, SsoRecord } from '../domain/sso-record.ts';
import type { RecordFormat } from '../records/format/record-format.ts';
import { printable } from '../text/untrusted.ts';
import type { Services } from './services.ts';
import { lookAtTxtToday } from './txt-today.ts';

/** In the place of a code that Cloudflare has not made yet. */
const NO_CODE_YET = `cloudflare_dashboard_sso=${'0'.repeat(32)}`;

/** Writes the TXT record for the DNS tool that owns the zone, into its file if one is given. */
export async function writeRecord(
  domain: EmailDomain,
  how: RecordSettings,
  settings: Settings,
  services: Services,
): Promise<void> {
  const emailDomain = domain.record?.emailDomain;
  if (emailDomain === undefined) return;
  const format = await formatOf(how.format);
  const zone = zoneFor(how, emailDomain);
  if (format.needsTxtValues) domain.txtToday = await services.dns.currentTxt(emailDomain);
  else await lookAtTxtToday(domain, settings, services);
  const known = zone ?? zoneNamed(format, how, emailDomain);
  const { record } = domain;
  if (record !== undefined) format.checkTxtValues?.(record);
  domain.renderRecord = (one) => format.render(one, known);
  if (how.file === undefined || record === undefined) return;
  const { dryRun } = settings;
  await change(how.file, { name: how.format, format, record, zone, dryRun, isQuiet: false }, services);
}

/**
 * Looks whether the file is there, is understood and can take the record, before there is a record: a connector that is
 * made first would start a verification that cannot end. In a dry run it says what would be written.
 *
 * @throws {ActionError} as {@link writeRecord} would
 */
export async function checkRecordFile(
  { name, accountId }: EmailDomain,
  how: RecordSettings,
  { dryRun }: Settings,
  services: Services,
): Promise<void> {
  if (name === undefined) return;
  const zone = zoneFor(how, name);
  if (how.file === undefined) return;
  const format = await formatOf(how.format);
  const record: SsoRecord = {
    emailDomain: name,
    verificationCode: NO_CODE_YET,
    accountId,
    connectorId: undefined,
    txtValues: format.needsTxtValues ? [NO_CODE_YET] : undefined,
  };
  const quiet = { dryRun: true, isQuiet: !dryRun };
  await change(how.file, { name: how.format, format, record, zone, ...quiet }, services);
}

/** Loaded only here: the parsers would make every other start slower. */
async function formatOf(name: RecordFormatName): Promise<RecordFormat> {
  const { RECORD_FORMATS } = await import('../records/formats.ts');
  return RECORD_FORMATS[name];
}

function zoneFor({ zone: text }: RecordSettings, emailDomain: string): RecordZone | undefined {
  if (text === undefined) return undefined;
  const zone = parseRecordZone(text.replaceAll('{email-domain}', emailDomain));
  if (zone !== undefined && isAtOrBelow(emailDomain, zone.name)) return zone;
  throw new InputError(
    `Input record-zone: the zone ${printable(text, 100)} does not contain ${emailDomain}.`,
    {
      hint: 'Set record-zone to the zone of record-file, and use a step of its own for email domains of another zone.',
    },
  );
}

/** The zone that the path of the file plainly names. */
function zoneNamed(
  format: RecordFormat,
  { file }: RecordSettings,
  emailDomain: string,
): RecordZone | undefined {
  const named = file === undefined ? undefined : format.namedZone?.(pathFor(file, emailDomain), emailDomain);
  return named === undefined ? undefined : parseRecordZone(named);
}

function pathFor(file: string, emailDomain: string): string {
  return file.replaceAll('{email-domain}', emailDomain);
}

interface Change {
  readonly name: RecordFormatName;
  readonly format: RecordFormat;
  readonly record: SsoRecord;
  readonly zone: RecordZone | undefined;
  readonly dryRun: boolean;
  /** Whether nothing is said about it. */
  readonly isQuiet: boolean;
}

async function change(
  file: string,
  { name, format, record, zone, dryRun, isQuiet }: Change,
  { workspace, clock, log }: Services,
): Promise<void> {
  const { emailDomain } = record;
  const path = pathFor(file, emailDomain);
  const beside = new Map<string, string>();
  const target = { path, nowMs: clock.now(), zone, beside };
  for (const other of format.filesBeside?.(target, emailDomain) ?? []) {
    for (const [each, text] of await workspace.yamlTexts(other, path)) beside.set(each, text);
  }
  const remarks: string[] = [];
  let warning: string | undefined;
  const merge = (text: string | undefined): string => {
    const merged = format.merge(text, record, target);
    if (text === undefined) remarks.push('a new file');
    remarks.push(format.describeZone?.(text, record, target) ?? '');
    warning = format.warning?.(text, record, target);
    return merged;
  };
  const { allowsAnyBytes = false } = format;
  const { doubtOfFormat } = await import('../records/format/misfit.ts');
  const told = { given: file, doubt: doubtOfFormat(name, path) };
  const hasChanged = await workspace.update(path, merge, { dryRun, allowsAnyBytes, ...told });
  if (isQuiet) return;
  const [shown, remark] = [printable(path, 200), remarks.filter((each) => each !== '').join(', ')];
  if (!hasChanged) log.info(`${shown} already has the record of ${emailDomain}.`);
  else {
    const done = dryRun ? 'Dry run: would write' : 'Wrote';
    log.info(`${done} the record of ${emailDomain} to ${shown}${remark && `, ${remark}`}.`);
    if (warning !== undefined) log.warning(`${shown}: ${warning}`);
  }
}
