import { InputError } from '../../domain/errors.ts';
import { PREFLIGHT_POLICIES } from '../../domain/preflight.ts';
import type { CheckSettings, Settings, WaitSettings } from '../../domain/settings.ts';
import { maskSecrets, needOfApi, readAccount, readApiUrl, refuseMisplacedSecrets } from './credentials.ts';
import { readDnsSettings } from './dns.ts';
import {
  isConnectorIdIgnored,
  readConnectorId,
  readEmailDomains,
  readSubjects,
  readVerificationCode,
} from './domains.ts';
import { readModes } from './modes.ts';
import { readAll } from './read-all.ts';
import { readRecordSettings } from './record.ts';
import { problem, read, readBoolean, readDuration, readOneOf } from './values.ts';

const MIN_POLL_INTERVAL_MS = 1000;

/**
 * Reads, validates and masks the action inputs. Nothing has been sent anywhere when it throws.
 *
 * @throws {InputError} which names the input, what was given and what is right
 * @throws {AggregateError} of several of these, if several inputs are wrong
 */
export function readSettings(): Settings {
  // First of all, so that nothing that follows can print it.
  maskSecrets();
  refuseMisplacedSecrets();
  return readAll({
    modes: readModes,
    account: () => readAccount(() => needOfApi(readModes(), readVerificationCode(), readEmailDomains())),
    emailDomains: readSubjects,
    connectorId: readConnectorId,
    verificationCode: readVerificationCode,
    beginVerification: () => readBoolean('begin-verification') ?? true,
    useFedrampLanguage: () => readBoolean('use-fedramp-language'),
    dns: readDnsSettings,
    wait: readWaitSettings,
    preflight: () => readOneOf('preflight', PREFLIGHT_POLICIES),
    confirmWithinMs: readConfirmWithin,
    record: readRecordSettings,
    check: readCheckSettings,
    dryRun: () => readBoolean('dry-run') ?? false,
    apiUrl: readApiUrl,
    notices: readNotices,
    workspace: () => process.env['GITHUB_WORKSPACE'] || process.cwd(),
  });
}

function readNotices(): readonly string[] {
  if (!isConnectorIdIgnored()) return [];
  return [
    'CLOUDFLARE_SSO_CONNECTOR_ID is ignored, because email-domain names the connector. To use an ID together with email-domain, set the input connector-id.',
  ];
}

function readWaitSettings(): WaitSettings {
  return readAll<WaitSettings>({
    timeoutMs: () => readDuration('timeout'),
    pollIntervalMs: readPollInterval,
    onTimeout: () => readOneOf('on-timeout', ['fail', 'continue']),
  });
}

function readCheckSettings(): CheckSettings {
  return readAll<CheckSettings>({
    expectEnabled: () => readBoolean('expect-enabled') ?? true,
    failOnDrift: () => readBoolean('fail-on-drift') ?? true,
    issue: readIssueSettings,
  });
}

function readIssueSettings(): CheckSettings['issue'] {
  if (readBoolean('drift-issue') !== true) return undefined;
  const githubToken = read('github-token');
  if (githubToken !== undefined) return { githubToken };
  throw new InputError('Input drift-issue is true, but github-token is empty.', {
    hint: 'Leave out github-token to use the token of the workflow, and give the job the permission "issues: write".',
  });
}

/** Shorter, nobody could sign in. */
const MIN_CONFIRM_WITHIN_MS = 1000;

function readConfirmWithin(): number | undefined {
  const given = read('confirm-within');
  if (given === undefined) return undefined;
  const durationMs = readDuration('confirm-within');
  if (durationMs >= MIN_CONFIRM_WITHIN_MS) return durationMs;
  throw problem(
    'confirm-within',
    given,
    'is too short',
    'Use a time in which somebody can sign in, such as 15m.',
  );
}

function readPollInterval(): number {
  const intervalMs = readDuration('poll-interval');
  if (intervalMs >= MIN_POLL_INTERVAL_MS) return intervalMs;
  throw problem('poll-interval', read('poll-interval') ?? '', 'is too short', 'Use 1s or more.');
}
