import * as core from '@actions/core';
import { parseResolver, parseSocketAddress, type ResolverSpec } from './dns/servers.ts';
import { parseEmailDomain } from './email-domain.ts';
import { InputError } from './errors.ts';
import {
  INPUT_DEFAULTS,
  type InputName,
  problem,
  read,
  readBoolean,
  readDuration,
  readList,
  readOneOf,
} from './input-values.ts';
import { MODE_NAMES, type ModeName } from './modes/names.ts';
import type { Account, DnsSettings, Settings } from './settings.ts';

const MIN_POLL_INTERVAL_MS = 1000;

/**
 * Reads, validates and masks the action inputs. Nothing has been sent anywhere when it throws.
 *
 * @throws {InputError} which names the input, what was given and what is right
 */
export function readSettings(): Settings {
  // First of all, so that nothing that follows can print it.
  const apiToken = readApiToken();
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
  return {
    modes,
    account,
    emailDomains,
    connectorId,
    verificationCode,
    beginVerification: readBoolean('begin-verification') ?? true,
    useFedrampLanguage: readBoolean('use-fedramp-language'),
    dns: readDnsSettings(),
    wait: {
      timeoutMs: readDuration('timeout'),
      pollIntervalMs: readPollInterval(),
      onTimeout: readOneOf('on-timeout', ['fail', 'continue']),
    },
    preflight: readBoolean('preflight') ?? true,
    dryRun: readBoolean('dry-run') ?? false,
    apiUrl: readApiUrl(),
  };
}

function readModes(): readonly ModeName[] {
  const known = MODE_NAMES.join(', ');
  const hint = `The modes are ${known}; several are separated by commas and run in that order.`;
  const names = readList('mode');
  if (names.length === 0) throw new InputError('Input mode is missing.', { hint });
  return names.map((name, index) => {
    const mode = MODE_NAMES.find((candidate) => candidate === name);
    if (mode === undefined) throw problem('mode', name, 'is not a mode', hint);
    if (names.indexOf(name) !== index) throw problem('mode', name, 'is named twice', 'Name each mode once.');
    return mode;
  });
}

/** The token in every form in which it could reach a log is masked before it is looked at. */
function readApiToken(): string | undefined {
  const token = read('api-token');
  if (token === undefined) return undefined;
  for (const line of token.split(/[\r\n]+/)) {
    if (line.trim() !== '') core.setSecret(line.trim());
  }
  const hint = 'Store the bare API token in a secret: one line, without quotes or the word Bearer.';
  if (/[\r\n]/.test(token)) throw new InputError('Input api-token has a line break inside it.', { hint });
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError('Input api-token has a space or another character that no API token has.', { hint });
  }
  return token;
}

/** What credentials are for: nothing, only to look up the code that is waited for, or the work itself. */
type NeedOfApi = 'none' | 'code' | 'work';

function needOfApi(
  modes: readonly ModeName[],
  verificationCode: string | undefined,
  emailDomains: readonly string[],
): NeedOfApi {
  if (!modes.every((mode) => mode === 'wait-for-dns')) return 'work';
  if (verificationCode === undefined) return 'code';
  return emailDomains.length === 1 ? 'none' : 'work';
}

function readAccount(apiToken: string | undefined, need: NeedOfApi): Account | undefined {
  const accountId = read('account-id');
  if (accountId !== undefined && !/^[0-9a-f]{32}$/i.test(accountId)) {
    // Not printed: the likeliest wrong value is the token in the wrong place.
    throw new InputError(
      `Input account-id has ${accountId.length} characters and is no account ID, which is 32 hexadecimal digits.`,
      { hint: ACCOUNT_ID_HINT },
    );
  }
  if (accountId !== undefined && apiToken !== undefined)
    return { accountId: accountId.toLowerCase(), apiToken };
  if (need === 'none') return undefined;
  if (apiToken === undefined && need === 'code') {
    throw new InputError(
      'Inputs verification-code and api-token are both missing: there is no record to wait for.',
      {
        hint: 'Pass the output verification-code of create, declared under the outputs of its job, together with email-domain; or an API token with the permission "SSO Connector: Read".',
      },
    );
  }
  if (apiToken === undefined) {
    throw new InputError('Input api-token is missing.', {
      hint: 'Create an API token with the permission "SSO Connector: Edit", store it as a secret and pass it as api-token or CLOUDFLARE_API_TOKEN.',
    });
  }
  throw new InputError('Input account-id is missing.', { hint: ACCOUNT_ID_HINT });
}

const ACCOUNT_ID_HINT =
  'The account ID stands in the address of the dashboard, https://dash.cloudflare.com/<account ID>, and on the overview page of every zone; pass it as account-id or CLOUDFLARE_ACCOUNT_ID.';

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

function readDnsSettings(): DnsSettings {
  const resolvers = readResolvers();
  return {
    resolvers,
    quorum: readQuorum(resolvers.length),
    authoritativeServers: readAuthoritativeServers(),
  };
}

function readResolvers(): readonly ResolverSpec[] {
  const hint =
    'Give names (cloudflare, google, quad9, opendns), IP addresses with an optional port, or udp://, tcp://, tls:// and https:// URLs.';
  const resolvers = new Map<string, ResolverSpec>();
  for (const text of readList('resolvers')) {
    const resolver = parseResolver(text);
    if (resolver === undefined) throw problem('resolvers', text, 'is not a resolver', hint);
    resolvers.set(resolver.label, resolver);
  }
  if (resolvers.size === 0) throw new InputError('Input resolvers names no resolver.', { hint });
  return [...resolvers.values()];
}

function readQuorum(resolverCount: number): number {
  const text = read('quorum') ?? '';
  if (text === 'majority') return Math.floor(resolverCount / 2) + 1;
  if (text === 'all') return resolverCount;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= resolverCount) return count;
  const what =
    count > resolverCount ? `is more than the ${resolverCount} resolvers there are` : 'is not a quorum';
  throw problem('quorum', text, what, `Give majority, all, or a number from 1 to ${resolverCount}.`);
}

function readAuthoritativeServers(): DnsSettings['authoritativeServers'] {
  const texts = readList('authoritative-servers');
  const [first] = texts;
  if (texts.length === 1 && (first === 'auto' || first === 'off')) return first;
  return texts.map((text) => {
    const address = parseSocketAddress(text, 53);
    if (address !== undefined) return address;
    throw problem(
      'authoritative-servers',
      text,
      'is not the address of a server',
      'Give auto, off, or IP addresses with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.',
    );
  });
}

function readPollInterval(): number {
  const intervalMs = readDuration('poll-interval');
  if (intervalMs >= MIN_POLL_INTERVAL_MS) return intervalMs;
  throw problem('poll-interval', read('poll-interval') ?? '', 'is too short', 'Give 1s or more.');
}

function readApiUrl(): string {
  const text = read('api-url') ?? '';
  const url = URL.parse(text);
  const hint = `Leave api-url out for ${INPUT_DEFAULTS['api-url']}.`;
  if (url === null) throw problem('api-url', text, 'is not a URL', hint);
  // Never printed with what could be a password in it.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(url.href)) {
    throw new InputError('Input api-url has a user name, a password, a query or a fragment in it.', { hint });
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw problem(
      'api-url',
      text,
      'would send the API token unencrypted',
      `Use https, or http on a loopback address. ${hint}`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
