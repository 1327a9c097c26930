import { randomBytes } from 'node:crypto';
import { ApiProblem, ERROR_CODES } from './envelope.ts';

/** Permissions that the routes check; write implies read. */
export type Permission =
  | 'sso:read'
  | 'sso:write'
  | 'access-idp:read'
  | 'access-apps:read'
  | 'access-audit-logs:read'
  | 'account-settings:read'
  | 'zone:read'
  | 'dns:read'
  | 'dns:write';

/** Options for a new API token. */
export interface TokenOptions {
  /** Default: 40 random characters, after `cfat_` for a token of an account. */
  readonly value?: string;
  /** Default: all. */
  readonly permissions?: readonly Permission[];
  /** Default: all accounts. */
  readonly accountIds?: readonly string[];
  /** The account that owns the token, which then covers this account alone; default: a user owns it. */
  readonly ownerAccountId?: string;
  readonly isDisabled?: boolean;
  /** ISO 8601; default: it never expires. */
  readonly expiresOn?: string;
  /** ISO 8601; default: it may be used at once. */
  readonly notBefore?: string;
  /** The addresses that may use it: its IP filter; default: all. */
  readonly allowedAddresses?: readonly string[];
}

/** An API token as the sandbox keeps it; without a list of permissions or accounts, it allows everything. */
export interface Token extends Omit<TokenOptions, 'value'> {
  readonly id: string;
}

/** Cloudflare's status of a token; one that may not be used yet is active. */
export type TokenStatus = 'active' | 'disabled' | 'expired';

/** The status of a token at a time, in milliseconds since 1970. */
export function statusOf({ isDisabled = false, expiresOn }: Token, nowMs: number): TokenStatus {
  if (isDisabled) return 'disabled';
  return expiresOn !== undefined && Date.parse(expiresOn) <= nowMs ? 'expired' : 'active';
}

/**
 * Checks that a token may be used at a time, in milliseconds since 1970.
 *
 * @throws ApiProblem (401) when it is disabled, expired, or not valid yet
 */
export function assertUsable(token: Token, nowMs: number): void {
  const { notBefore } = token;
  const isTooEarly = notBefore !== undefined && Date.parse(notBefore) > nowMs;
  if (isTooEarly || statusOf(token, nowMs) !== 'active') throw authenticationError(401);
}

/** Cloudflare calls the header malformed when the value does not look like a token. */
const BEARER = /^Bearer ([\w-]{40,80})$/;

/** The API tokens of a sandbox. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  /** Adds a token and returns it. */
  add(options: TokenOptions = {}): string {
    const { ownerAccountId } = options;
    const prefix = ownerAccountId === undefined ? '' : 'cfat_';
    const { value = `${prefix}${randomBytes(20).toString('hex')}`, ...facts } = options;
    const owned = ownerAccountId !== undefined && { accountIds: [ownerAccountId] };
    this.#tokens.set(value, { id: randomBytes(16).toString('hex'), ...owned, ...facts });
    return value;
  }

  /** Revokes a token. */
  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  /**
   * The token in an Authorization header.
   *
   * @throws ApiProblem: 401 for a missing or unknown token, 400 for a malformed one, 403 for one that may not be used
   * from this address
   */
  authenticate(authorization: string | undefined, clientAddress: string): Token {
    if (authorization === undefined) throw authenticationError(401);
    const value = BEARER.exec(authorization)?.[1];
    if (value === undefined) {
      throw new ApiProblem(400, {
        code: ERROR_CODES.invalidHeaders,
        message: 'Invalid request headers',
        error_chain: [
          {
            code: ERROR_CODES.invalidAuthorizationFormat,
            message: 'Invalid format for Authorization header',
          },
        ],
      });
    }
    const token = this.#tokens.get(value);
    if (token === undefined) throw authenticationError(401);
    if (token.allowedAddresses?.includes(clientAddress) === false) {
      const message = `Cannot use the access token from location: ${clientAddress}`;
      throw new ApiProblem(403, { code: ERROR_CODES.unauthorizedResource, message });
    }
    return token;
  }
}

function authenticationError(status: 401 | 403): ApiProblem {
  return new ApiProblem(status, { code: ERROR_CODES.authentication, message: 'Authentication error' });
}

/** Whether a token has a permission, directly or because write implies read. */
export function isGranted({ permissions }: Token, permission: Permission): boolean {
  return (
    permissions === undefined ||
    permissions.includes(permission) ||
    permissions.some((held) => held === permission.replace(/:read$/, ':write'))
  );
}

/** Whether a token covers this account. */
export function reaches({ accountIds }: Token, accountId: string): boolean {
  return accountIds?.includes(accountId) ?? true;
}

/**
 * Checks that a token has this permission in that account.
 *
 * @throws ApiProblem (403): code 9109 for an account it does not cover, 10000 for a missing permission
 */
export function authorize(token: Token, permission: Permission, accountId: string | undefined): void {
  if (accountId !== undefined && !reaches(token, accountId)) throw foreignAccount();
  if (!isGranted(token, permission)) throw authenticationError(403);
}

/** The same answer for every account that a token does not cover, existing or not. */
export function foreignAccount(): ApiProblem {
  return new ApiProblem(403, {
    code: ERROR_CODES.unauthorizedResource,
    message: 'Unauthorized to access requested resource',
  });
}
