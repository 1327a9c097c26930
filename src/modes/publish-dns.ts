import type { Zone } from '../cloudflare/zones.ts';
import { ActionError } from '../domain/errors.ts';
import { printable } from '../text/untrusted.ts';
import { type Mode, type ModeServices, send, withVerificationCode } from './mode.ts';
import { requireApi } from './services.ts';

/** Adds the TXT record to a zone that Cloudflare hosts, and touches no other. */
export const publishDns: Mode = async (progress, settings, services) => {
  const known = await withVerificationCode(progress, settings, services);
  const { emailDomain, verificationCode } = known;
  const { log } = services;
  if (emailDomain === undefined || verificationCode === undefined) {
    log.info('Dry run: there is no connector yet, and so no record to publish.');
    return known;
  }
  const { dnsRecords } = requireApi(services);
  const zone = await activeZone(emailDomain, services);
  const published = await dnsRecords.txtAt(zone.id, emailDomain);
  warnOfOlderCodes(emailDomain, verificationCode, published, services);
  if (published.includes(verificationCode)) {
    log.info(`The zone ${zone.name} has the TXT record of ${emailDomain} already.`);
    return known;
  }
  if (settings.dryRun) {
    log.info(`Dry run: would add the TXT record of ${emailDomain} to the zone ${zone.name}.`);
    return known;
  }
  const isOurs = await send('record', known, services, () =>
    dnsRecords.addTxt(zone.id, emailDomain, verificationCode),
  );
  log.info(`${isOurs ? 'Added' : 'Found'} the TXT record of ${emailDomain} in the zone ${zone.name}.`);
  return services.save({ ...known, changed: known.changed || isOurs });
};

/** The zone closest to the name, of those that the world sees. */
async function activeZone(emailDomain: string, services: ModeServices): Promise<Zone> {
  const zones = await requireApi(services).zones.holding(emailDomain);
  const active = zones.find(({ status }) => status === 'active');
  if (active !== undefined) return active;
  const [closest] = zones;
  if (closest === undefined) {
    throw new ActionError(`The API token sees no zone at Cloudflare that holds ${emailDomain}.`, {
      hint: 'If Cloudflare hosts the zone, give the token the permissions "Zone: Read" and "DNS: Edit" for it. If somebody else hosts it, leave publish-dns out, publish the record there, and use wait-for-dns.',
    });
  }
  throw new ActionError(
    `The zone ${closest.name} at Cloudflare is ${printable(closest.status, 40)}, not active: the world does not see its records.`,
    { hint: WHY_NOT_ACTIVE.get(closest.status) ?? 'Look at the zone in the dashboard.' },
  );
}

const WHY_NOT_ACTIVE: ReadonlyMap<string, string> = new Map([
  [
    'pending',
    "Set the name servers that the zone's overview in the dashboard names at your registrar, or publish the record where the domain is hosted now.",
  ],
  ['initializing', 'Its set-up has not been finished: go through it in the dashboard, then run again.'],
  [
    'moved',
    'Its name servers were changed to others at the registrar: publish the record there, or bring the name servers back.',
  ],
]);

/** They do no harm, but they are what a person compares when a verification does not get on. */
function warnOfOlderCodes(
  emailDomain: string,
  code: string,
  published: readonly string[],
  { log }: ModeServices,
): void {
  const prefix = code.slice(0, code.indexOf('=') + 1);
  const older = published.filter((text) => text !== code && prefix !== '' && text.startsWith(prefix));
  if (older.length === 0) return;
  const list = older.map((text) => printable(text, 100)).join(', ');
  log.warning(
    `${emailDomain} has ${older.length === 1 ? 'another verification code' : 'other verification codes'}: ${list}. Left as they are; remove them if no other account uses them.`,
  );
}
