import { countServers, explainInvisible } from '../dns/wait/wording.ts';
import type { SsoConnector } from '../domain/connector.ts';
import type { DnsReport } from '../domain/dns-report.ts';
import { TimeoutError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { elapsed, formatDuration } from '../text/duration.ts';
import { endInTimeout, type Mode, recordToPublish } from './mode.ts';
import type { Services } from './services.ts';

/** Waits until the TXT record with the verification code is visible. */
export const waitForDns: Mode = async (domain, settings, services) => {
  const { log, clock, dns } = services;
  const record = await recordToPublish(domain, settings, services);
  if (record === undefined) {
    log.info('Dry run: there is no connector yet, so there is no record to look for.');
    return;
  }
  const looksOnce = settings.dryRun || isVerified(domain.connector);
  if (isVerified(domain.connector))
    log.info('Cloudflare has already verified this domain: looking only once.');
  const wait = looksOnce ? { ...settings.wait, timeoutMs: 0 } : settings.wait;
  const startedAtMs = clock.now();
  const report = await dns.waitFor({ name: record.emailDomain, value: record.verificationCode }, wait, log);
  domain.seeDns(report);
  if (report.visible) sayVisible(report, elapsed(startedAtMs, clock.now()), settings, services);
  else if (looksOnce) log.info(`The record is not visible: ${explainInvisible(report).why}.`);
  else endInTimeout(domain, timedOut(report, settings), settings, services);
};

function isVerified(connector: SsoConnector | undefined): boolean {
  return connector?.enabled === true || connector?.verificationStatus === 'verified';
}

function sayVisible(report: DnsReport, when: string, { dns }: Settings, { log }: Services): void {
  if (!report.authoritative && dns.authoritativeServers !== 'off') {
    log.warning('Too few authoritative servers answered: only the caches of the resolvers show the record.');
  }
  log.info(`The record is visible ${when}: ${countServers(report.servers)}.`);
}

function timedOut(report: DnsReport, { wait: { timeoutMs } }: Settings): TimeoutError {
  const { why, remedy } = explainInvisible(report);
  if (report.reason === 'not-in-time') {
    const seen = `The TXT record of ${report.name} cannot become visible within the timeout of ${formatDuration(timeoutMs)}`;
    return new TimeoutError(`${seen}: ${why}.`, { hint: remedy });
  }
  const waitedMs = Date.parse(report.ended_at) - Date.parse(report.started_at);
  const when = timeoutMs === 0 ? '' : ` ${elapsed(0, waitedMs)}`;
  return new TimeoutError(`The TXT record of ${report.name} is not visible${when}: ${why}.`, {
    hint: `${remedy} Then run the same step again: it continues where this run stopped.`,
  });
}
