import { parseEmailDomain } from '../../domain/email-domain-name.ts';
import { InputError } from '../../domain/errors.ts';
import { MODE_NAMES, type ModeName } from '../../domain/mode-names.ts';
import type { CheckSettings, DnsSettings, RecordSettings, Settings } from '../../domain/settings.ts';
import { RECORD_FORMAT_NAMES } from '../../domain/sso-record.ts';
import {
  maskSecrets,
  needOfApi,
  readAccount,
  readApiToken,
  readApiUrl,
  refuseMisplacedSecrets,
} from './credentials.ts';
import { readDnsSettings } from './dns.ts';
import { type InputName, problem, read, readBoolean, readDuration, readList, readOneOf } from './values.ts';

const MIN_POLL_INTERVAL_MS = 1000;

/**
 * Reads, validates and masks the action inputs. Nothing has been sent anywhere when it throws.
 *
 * @throws {InputError} which names the input, what was given and what is right
 */
export function readSettings(): Settings {
  // First of all, so that nothing that follows can print it.
  maskSecrets();
  const apiToken = readApiToken();
  refuseMisplacedSecrets();
  const modes = readModes();
  const emailDomains = readEmailDomains();
  const connectorId = readConnectorId(emailDomains);
  const verificationCode = readVerificationCode(emailDomains);
  const account = readAccount(apiToken, needOfApi(modes, verificationCode, emailDomains));
  if (emailDomains.length === 0 && connectorId === undefined) {
    throw new InputError('Input email-domain is missing.', {
      hint: 'Give the domain behind the @ of your users, for example example.com, or give connector-id.',
    });
  }
  const dns = readDnsSettings();
  return {
    modes,
    account,
    emailDomains,
    connectorId,
    verificationCode,
    beginVerification: readBoolean('begin-verification') ?? true,
    useFedrampLanguage: readBoolean('use-fedramp-language'),
    dns,
    wait: {
      timeoutMs: readDuration('timeout'),
      pollIntervalMs: readPollInterval(),
      onTimeout: readOneOf('on-timeout', ['fail', 'continue']),
    },
    preflight: readBoolean('preflight') ?? true,
    record: readRecordSettings(modes, dns),
    check: readCheckSettings(),
    dryRun: readBoolean('dry-run') ?? false,
    apiUrl: readApiUrl(),
    workspace: process.env['GITHUB_WORKSPACE'] || process.cwd(),
  };
}

function readModes(): readonly ModeName[] {
  const known = MODE_NAMES.join(', ');
  const hint = `The modes are ${known}; several are separated by commas and run in the order given.`;
  const names = readList('mode');
  if (names.length === 0) throw new InputError('Input mode is missing.', { hint });
  const modes = names.map((name, index) => {
    const mode = MODE_NAMES.find((candidate) => candidate === name);
    if (mode === undefined) throw problem('mode', name, 'is not a mode', hint);
    if (names.indexOf(name) !== index) throw problem('mode', name, 'is named twice', 'Name each mode once.');
    return mode;
  });
  for (const order of ORDERS) {
    const right = order.filter((mode) => modes.includes(mode));
    if (modes.filter((mode) => order.includes(mode)).join() === right.join()) continue;
    throw problem(
      'mode',
      names.join(', '),
      'is no order that works',
      `Each mode needs what the one before it has done: ${right.join(', ')}.`,
    );
  }
  if (modes.includes('enable') && (modes.includes('disable') || modes.includes('delete'))) {
    throw problem(
      'mode',
      names.join(', '),
      'both enables and takes back',
      'Use one step to enable, and another to disable or delete.',
    );
  }
  return modes;
}

/** Modes of which each goes on where the one before it ends. */
const ORDERS: readonly (readonly ModeName[])[] = [
  ['create', 'publish-dns', 'wait-for-dns', 'enable'],
  ['disable', 'delete'],
];

function readEmailDomains(): readonly string[] {
  const domains = readList('email-domain').map((text) => {
    const parsed = parseEmailDomain(text);
    if (parsed.ok) return parsed.domain;
    const meant = parsed.suggestion === undefined ? '' : ` You probably meant ${parsed.suggestion}.`;
    throw problem('email-domain', text, parsed.problem, `Give a domain like example.com.${meant}`);
  });
  return [...new Set(domains)];
}

function readConnectorId(emailDomains: readonly string[]): string | undefined {
  const id = read('connector-id');
  if (id === undefined) return undefined;
  onlyWithOneDomain('connector-id', emailDomains);
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw problem(
      'connector-id',
      id,
      'is not a connector ID',
      'It is the output connector-id of create: mostly 32 hexadecimal digits.',
    );
  }
  return id;
}

function readVerificationCode(emailDomains: readonly string[]): string | undefined {
  const code = read('verification-code');
  if (code === undefined) return undefined;
  onlyWithOneDomain('verification-code', emailDomains);
  // The code is opaque, but these digits alone are what is left when somebody cuts off what stands before them.
  const isBare = /^[0-9a-f]{16,}$/i.test(code);
  if (isBare || !/^[\x21\x23-\x7e]{1,255}$/.test(code)) {
    throw problem(
      'verification-code',
      code,
      isBare ? 'lacks what stands before the digits' : 'is not a verification code',
      'It is the output verification-code of create, whole and without quotes: cloudflare_dashboard_sso= and what follows.',
    );
  }
  return code;
}

function onlyWithOneDomain(name: InputName, emailDomains: readonly string[]): void {
  if (emailDomains.length <= 1) return;
  throw new InputError(`Input ${name} is given together with ${emailDomains.length} email domains.`, {
    hint: `${name} belongs to one email domain: give one in email-domain, or leave ${name} out.`,
  });
}

function readRecordSettings(modes: readonly ModeName[], dns: DnsSettings): RecordSettings | undefined {
  const file = read('record-file');
  if (read('record-format') === undefined) {
    if (file === undefined) return undefined;
    throw new InputError('Input record-file is given without record-format.', {
      hint: `Say what the file is: record-format is one of ${RECORD_FORMAT_NAMES.join(', ')}.`,
    });
  }
  const format = readOneOf('record-format', RECORD_FORMAT_NAMES);
  if (!modes.includes('create')) {
    throw new InputError('Input record-format is given, and no mode writes the record.', {
      hint: 'Add create to mode: it writes the record, also of a connector that is there already.',
    });
  }
  if (format === 'tfvars' && dns.authoritativeServers === 'off') {
    throw new InputError(
      'Input record-format: tfvars needs the authoritative servers, and authoritative-servers is off.',
      {
        hint: 'Leave authoritative-servers out, or give their addresses: a cache may hold an old list of TXT values.',
      },
    );
  }
  return { format, file };
}

function readCheckSettings(): CheckSettings {
  const githubToken = read('github-token');
  const wantsIssue = readBoolean('drift-issue') ?? false;
  if (wantsIssue && githubToken === undefined) {
    throw new InputError('Input drift-issue is true, and github-token is empty.', {
      hint: 'Leave github-token out for the token of the workflow, and give the job the permission "issues: write".',
    });
  }
  return {
    expectEnabled: readBoolean('expect-enabled') ?? true,
    failOnDrift: readBoolean('fail-on-drift') ?? true,
    issue: wantsIssue && githubToken !== undefined ? { githubToken } : undefined,
  };
}

function readPollInterval(): number {
  const intervalMs = readDuration('poll-interval');
  if (intervalMs >= MIN_POLL_INTERVAL_MS) return intervalMs;
  throw problem('poll-interval', read('poll-interval') ?? '', 'is too short', 'Give 1s or more.');
}
