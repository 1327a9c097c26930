import type { EmailDomain } from '../domain/email-domain.ts';
import { DnsError } from '../domain/errors.ts';
import type { ModeName } from '../domain/mode-names.ts';
import type { Settings } from '../domain/settings.ts';
import type { Services } from './services.ts';

/** A server that answers takes a fraction of it. One that is silent must not hold up a step that may not need the list. */
const LIMIT_MS = 5000;

/** Their own look at DNS finds the same. */
const LOOKING_MODES: readonly ModeName[] = ['wait-for-dns', 'check'];

/**
 * Learns the TXT texts that are at the name today, for the output `txt-values`. Not knowing them fails nothing: the log
 * says so. Nobody is asked if a later mode looks anyway, or with `authoritative-servers: off`.
 */
export async function lookAtTxtToday(
  domain: EmailDomain,
  { modes, dns: { authoritativeServers } }: Settings,
  { dns, log }: Services,
): Promise<void> {
  const { record, txtToday } = domain;
  if (record === undefined || txtToday !== undefined || authoritativeServers === 'off') return;
  if (modes.some((mode) => LOOKING_MODES.includes(mode))) return;
  try {
    domain.txtToday = await dns.currentTxt(record.emailDomain, LIMIT_MS);
  } catch (thrown) {
    if (!(thrown instanceof DnsError)) throw thrown;
    log.info(`The output txt-values is left out. ${thrown.message}`);
  }
}
