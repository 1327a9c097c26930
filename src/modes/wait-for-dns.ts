import { countServers, explainInvisible } from '../dns/wait/wording.ts';
import type { DnsReport } from '../domain/dns-report.ts';
import { txtInReport } from '../domain/dns-report.ts';
import { DnsError, TimeoutError } from '../domain/errors.ts';
import type { Progress } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { elapsed } from '../text/duration.ts';
import { endInTimeout, type Mode, type ModeServices, withVerificationCode } from './mode.ts';

/** Waits until the TXT record with the verification code is visible. */
export const waitForDns: Mode = async (progress, settings, services) => {
  const known = await withVerificationCode(progress, settings, services);
  const { emailDomain, verificationCode, connector } = known;
  if (emailDomain === undefined || verificationCode === undefined) {
    services.log.info('Dry run: there is no connector yet, and so no record to look for.');
    return known;
  }
  const isVerified = connector?.enabled === true || connector?.verificationStatus === 'verified';
  if (isVerified)
    services.log.info('Cloudflare has verified this domain already: looking once, not waiting.');
  const looksOnce = isVerified || settings.dryRun;
  const wait = { ...settings.wait, timeoutMs: looksOnce ? 0 : settings.wait.timeoutMs };
  const startedAtMs = services.clock.now();
  const report = await services.dns.waitFor(
    { name: emailDomain, value: verificationCode },
    wait,
    services.log,
  );
  const looked = services.save({ ...known, dns: report, txtToday: txtInReport(report) ?? known.txtToday });
  if (report.visible) {
    if (!report.authoritative && settings.dns.authoritativeServers !== 'off') {
      services.log.warning(
        'Too few authoritative servers answered: only the caches of the resolvers say that the record is there.',
      );
    }
    services.log.info(
      `The record is visible ${elapsed(startedAtMs, services.clock.now())}: ${countServers(report.servers)}.`,
    );
    return looked;
  }
  if (looksOnce) {
    services.log.info(`The record is not visible: ${explainInvisible(report).why}.`);
    return looked;
  }
  return endInvisible(looked, report, settings, services);
};

function endInvisible(
  progress: Progress,
  report: DnsReport,
  settings: Settings,
  services: ModeServices,
): Progress {
  const { why, remedy } = explainInvisible(report);
  if (report.reason === 'not-registered') {
    throw new DnsError(`The TXT record for ${report.name} can never become visible: ${why}.`, {
      hint: remedy,
    });
  }
  const waited = Date.parse(report.ended_at) - Date.parse(report.started_at);
  const when = settings.wait.timeoutMs === 0 ? '' : ` ${elapsed(0, waited)}`;
  const error = new TimeoutError(`The TXT record for ${report.name} is not visible${when}: ${why}.`, {
    hint: remedy,
  });
  return endInTimeout(progress, error, settings, services);
}
