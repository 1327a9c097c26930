import type { EmailDomain } from '../domain/email-domain.ts';
import type { Settings } from '../domain/settings.ts';
import type { RecordFormatName } from '../domain/sso-record.ts';
import { wildcardWarning } from '../domain/wildcard-loss.ts';
import type { Services } from './services.ts';

/** As for the TXT texts: a silent server must not hold up a step for a warning. */
const LIMIT_MS = 5000;

/** Their files hold the whole zone, and they refuse what a wildcard answers for. */
const SEEING_FORMATS: readonly RecordFormatName[] = ['bind', 'octodns'];

/**
 * Warns of the records that the name would lose with its first TXT record, because it has them from a wildcard. Nobody is
 * asked if something that sees the zone decides, if Cloudflare has verified the record, which then is there, or with
 * `authoritative-servers: off`.
 */
export async function warnOfWildcard(
  { name, connector }: EmailDomain,
  { modes, record, dns: { authoritativeServers } }: Settings,
  { dns, log }: Services,
): Promise<void> {
  const seesZone = record?.file !== undefined && SEEING_FORMATS.includes(record.format);
  if (name === undefined || seesZone || modes.includes('publish-dns')) return;
  if (authoritativeServers === 'off' || connector?.verificationStatus === 'verified') return;
  const types = await dns.typesFromWildcard(name, LIMIT_MS);
  if (types.length > 0) log.warning(wildcardWarning({ name, types }));
}
