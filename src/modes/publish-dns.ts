import type { TxtAddition, TxtRecord } from '../cloudflare/dns-records.ts';
import type { Zone } from '../cloudflare/zones.ts';
import type { DnsChangeOutcome } from '../domain/email-domain.ts';
import { ActionError } from '../domain/errors.ts';
import type { SsoRecord } from '../domain/sso-record.ts';
import { READ_LAG_MS, readUntil } from '../http/change.ts';
import { printable } from '../text/untrusted.ts';
import { type Mode, recordToPublish } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/** Adds the TXT record to a zone that Cloudflare hosts, and touches no other record. */
export const publishDns: Mode = async (domain, settings, services) => {
  const record = await recordToPublish(domain, settings, services);
  const { log } = services;
  if (record === undefined) {
    log.info('Dry run: there is no connector yet, so there is no record to publish.');
    return;
  }
  const { emailDomain, verificationCode } = record;
  const { dnsRecords } = requireApi(services);
  const zone = await activeZone(emailDomain, services);
  const published = await dnsRecords.txtAt(zone.id, emailDomain);
  warnOfOlderCodes(record, published, services);
  const isIt = ({ text }: TxtRecord): boolean => text === verificationCode;
  const present = published.find(isIt);
  if (present !== undefined) {
    domain.dnsRecord = { zoneId: zone.id, id: present.id };
    log.info(`Zone ${zone.name} already has the TXT record of ${emailDomain}.`);
    return;
  }
  if (settings.dryRun) {
    log.info(`Dry run: would add the TXT record of ${emailDomain} to zone ${zone.name}.`);
    return;
  }
  const look = async () => (await dnsRecords.txtAt(zone.id, emailDomain)).find(isIt);
  const { isOurs = true, id } = await domain.changeDns<DnsChangeOutcome & Partial<TxtAddition>>(
    () => dnsRecords.addTxt(zone.id, emailDomain, verificationCode),
    async () => {
      const untilMs = services.clock.now() + READ_LAG_MS;
      const found = await readUntil(look, (seen) => seen !== undefined, untilMs, services);
      return { id: found?.id, isDone: found !== undefined };
    },
  );
  domain.dnsRecord = { zoneId: zone.id, id };
  log.info(`${isOurs ? 'Added' : 'Found'} the TXT record of ${emailDomain} in zone ${zone.name}.`);
};

/** The closest active zone that contains the name. */
async function activeZone(emailDomain: string, services: Services): Promise<Zone> {
  const zones = await requireApi(services).zones.holding(emailDomain);
  const active = zones.find(({ status }) => status === 'active');
  if (active !== undefined) return active;
  const [closest] = zones;
  if (closest === undefined) {
    throw new ActionError(`The API token sees no zone for ${emailDomain} at Cloudflare.`, {
      hint: 'If Cloudflare hosts the zone, give the token the permissions "Zone: Read", "DNS: Read" and "DNS: Edit" for it. If another provider hosts it, leave out publish-dns, publish the record there, and use wait-for-dns.',
    });
  }
  throw new ActionError(
    `Zone ${closest.name} at Cloudflare is ${printable(closest.status, 40)}, not active: nobody sees its records.`,
    { hint: WHY_NOT_ACTIVE.get(closest.status) ?? 'Look at the zone in the dashboard.' },
  );
}

const WHY_NOT_ACTIVE: ReadonlyMap<string, string> = new Map([
  [
    'pending',
    "At your registrar, set the name servers that the zone's overview in the dashboard shows. Or publish the record where the domain is hosted now.",
  ],
  ['initializing', 'Finish its setup in the dashboard, then run again.'],
  [
    'moved',
    'Its name servers were changed at the registrar. Publish the record there, or change the name servers back.',
  ],
]);

/** They do no harm, but people compare codes when a verification makes no progress. */
function warnOfOlderCodes(
  { emailDomain, verificationCode: code }: SsoRecord,
  published: readonly TxtRecord[],
  { log }: Services,
): void {
  const prefix = code.slice(0, code.indexOf('=') + 1);
  const older = [...new Set(published.map(({ text }) => text))].filter(
    (text) => text !== code && prefix && text.startsWith(prefix),
  );
  if (older.length === 0) return;
  const list = older.map((text) => printable(text, 100)).join(', ');
  const noun = older.length === 1 ? 'another verification code' : 'other verification codes';
  log.warning(
    `${emailDomain} has ${noun}: ${list}. Left in place. Remove a code only if no connector in any account uses it.`,
  );
}
