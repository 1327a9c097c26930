import * as core from '@actions/core';
import { InputError } from '../../domain/errors.ts';
import type { ModeName } from '../../domain/mode-names.ts';
import type { Account } from '../../domain/settings.ts';
import { isLoopback } from '../../http/host.ts';
import { MIN_SECRET_LENGTH } from '../../text/secrets.ts';
import { readAll } from './read-all.ts';
import { INPUT_DEFAULTS, INPUT_NAMES, problem, read } from './values.ts';

const SECRET_INPUTS = ['api-token', 'github-token'] as const;

/** Both tokens in every form that must not be shown. */
export function readSecrets(): readonly string[] {
  return [...new Set(SECRET_INPUTS.flatMap(givenForms))];
}

/** A token as it is given, each of its lines, and each line without quotes or the word Bearer around it. */
function givenForms(name: (typeof SECRET_INPUTS)[number]): readonly string[] {
  const token = read(name) ?? '';
  const lines = token.split(/[\r\n]+/).map((line) => line.trim());
  const bare = lines.map((line) => line.replace(/^bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2'));
  return [...lines, ...bare].filter((text) => text !== '');
}

/** Has the runner hide the secrets, even invalid ones. Nothing may be printed before this. */
export function maskSecrets(): void {
  for (const secret of readSecrets()) core.setSecret(secret);
}

/**
 * Refuses a token in another input: it would be sent, written or quoted as something else.
 *
 * @throws {InputError} which does not quote it
 */
export function refuseMisplacedSecrets(): void {
  for (const secret of SECRET_INPUTS) {
    const forms = givenForms(secret).filter(({ length }) => length >= MIN_SECRET_LENGTH);
    const place = INPUT_NAMES.find(
      (name) => name !== secret && forms.some((form) => read(name)?.includes(form)),
    );
    if (place === undefined) continue;
    throw new InputError(`Input ${place} contains the value of ${secret}.`, {
      hint: 'One of the two is wrong. Put a token into its own input only: no other input is kept secret.',
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
  const hint =
    'Store only the API token in the secret: one line, without quotes and without the word Bearer.';
  if (/[\r\n]/.test(token)) throw new InputError('Input api-token contains a line break.', { hint });
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError('Input api-token contains a space or another character that no API token has.', {
      hint,
    });
  }
  return token;
}

/** What credentials are for: nothing, looking up the code to wait for, or the work itself. */
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
 * The account, if the run needs one or is given one. `needOf` is asked only if something is missing.
 *
 * @throws {InputError} which says where to find what is missing
 */
export function readAccount(needOf: () => NeedOfApi): Account | undefined {
  const { accountId, apiToken } = readAll({
    accountId: () => readAccountId() ?? missingAccountId(needOf()),
    apiToken: () => readApiToken() ?? missingApiToken(needOf()),
  });
  return accountId !== undefined && apiToken !== undefined ? { accountId, apiToken } : undefined;
}

function readAccountId(): string | undefined {
  const accountId = read('account-id');
  if (accountId === undefined || /^[0-9a-f]{32}$/i.test(accountId)) return accountId?.toLowerCase();
  // Not printed: the most likely wrong value is the token.
  throw new InputError(
    `Input account-id has ${accountId.length} characters and is not an account ID: 32 hexadecimal digits.`,
    { hint: ACCOUNT_ID_HINT },
  );
}

/** If the token is missing too, its error already says what is needed. */
function missingAccountId(need: NeedOfApi): undefined {
  if (need === 'none' || (need === 'code' && read('api-token') === undefined)) return undefined;
  throw new InputError('Input account-id is missing.', { hint: ACCOUNT_ID_HINT });
}

function missingApiToken(need: NeedOfApi): undefined {
  if (need === 'none') return undefined;
  if (need === 'code') {
    throw new InputError(
      'Inputs verification-code and api-token are both missing: there is no record to wait for.',
      {
        hint: 'Set verification-code to the output of create (declare it under the outputs of its job) together with email-domain. Or set api-token to a token with the permission "SSO Connector: Read".',
      },
    );
  }
  throw new InputError('Input api-token is missing.', {
    hint: 'If it comes from a secret, the secret is empty here: check its name, and that the job names the environment that holds it. A new API token needs "SSO Connector: Read", to change anything also "SSO Connector: Edit", and for preflight and enable also "Access: Organizations, Identity Providers, and Groups: Read"; the table in the README has the rest.',
  });
}

const ACCOUNT_ID_HINT =
  'You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>. Set it as account-id or CLOUDFLARE_ACCOUNT_ID.';

/** The base URL of the API, without a trailing slash. */
export function readApiUrl(): string {
  const text = read('api-url') ?? '';
  const url = URL.parse(text);
  const hint = `Leave out api-url to use ${INPUT_DEFAULTS['api-url']}.`;
  if (url === null) throw problem('api-url', text, 'is not a URL', hint);
  // Not printed: it may contain a password.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(url.href)) {
    throw new InputError('Input api-url contains a user name, a password, a query or a fragment.', { hint });
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
