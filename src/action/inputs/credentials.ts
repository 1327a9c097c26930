import * as core from '@actions/core';
import { InputError } from '../../domain/errors.ts';
import type { ModeName } from '../../domain/mode-names.ts';
import type { Account } from '../../domain/settings.ts';
import { MIN_SECRET_LENGTH } from '../../text/secrets.ts';
import { INPUT_DEFAULTS, INPUT_NAMES, problem, read } from './values.ts';

const SECRET_INPUTS = ['api-token', 'github-token'] as const;

/** What nobody may see: the lines of both tokens, also without the quotes or the word that do not belong there. */
export function readSecrets(): readonly string[] {
  const lines = SECRET_INPUTS.flatMap((name) => (read(name) ?? '').split(/[\r\n]+/)).map((line) =>
    line.trim(),
  );
  const bare = lines.map((line) => line.replace(/^bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2'));
  return [...new Set([...lines, ...bare])].filter((text) => text !== '');
}

/** Has the runner hide the secrets, whatever is wrong with them; before this nothing may be printed. */
export function maskSecrets(): void {
  for (const secret of readSecrets()) core.setSecret(secret);
}

/**
 * Where a token is given in the wrong place, it would be sent or written down as something else.
 *
 * @throws {InputError} which does not quote it
 */
export function refuseMisplacedSecrets(): void {
  for (const secret of SECRET_INPUTS) {
    const token = read(secret) ?? '';
    if (token.length < MIN_SECRET_LENGTH) continue;
    const place = INPUT_NAMES.find((name) => name !== secret && read(name)?.includes(token));
    if (place === undefined) continue;
    throw new InputError(`Input ${place} contains what is given as ${secret}, too.`, {
      hint: 'One of the two is in the wrong place. A token belongs in its own input alone: nothing else is kept secret.',
    });
  }
}

/**
 * The API token.
 *
 * @throws {InputError} which does not quote it
 */
export function readApiToken(): string | undefined {
  const token = read('api-token');
  if (token === undefined) return undefined;
  const hint = 'Store the bare API token in a secret: one line, without quotes or the word Bearer.';
  if (/[\r\n]/.test(token)) throw new InputError('Input api-token has a line break inside it.', { hint });
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError('Input api-token has a space or another character that no API token has.', { hint });
  }
  return token;
}

/** What credentials are for: nothing, only to look up the code that is waited for, or the work itself. */
export type NeedOfApi = 'none' | 'code' | 'work';

/** What the run needs credentials for. */
export function needOfApi(
  modes: readonly ModeName[],
  verificationCode: string | undefined,
  emailDomains: readonly string[],
): NeedOfApi {
  if (!modes.every((mode) => mode === 'wait-for-dns')) return 'work';
  if (verificationCode === undefined) return 'code';
  return emailDomains.length === 1 ? 'none' : 'work';
}

/**
 * The account, where the run needs one or is given one.
 *
 * @throws {InputError} which says where to find what is missing
 */
export function readAccount(apiToken: string | undefined, need: NeedOfApi): Account | undefined {
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

/** The base URL of the API, without a trailing slash. */
export function readApiUrl(): string {
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
  return url.href.replace(/(?<!\/)\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
