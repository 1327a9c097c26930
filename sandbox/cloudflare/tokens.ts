import { randomBytes } from 'node:crypto';
import { ApiProblem, ERROR_CODES } from './envelope.ts';

/** Permissions that the routes check; write implies read. */
export type Permission =
  | 'sso:read'
  | 'sso:write'
  | 'access-idp:read'
  | 'access-apps:read'
  | 'zone:read'
  | 'dns:read'
  | 'dns:write';

/** Options for a new API token. */
export interface TokenOptions {
  /** Default: 40 random characters. */
  readonly value?: string;
  /** Default: all. */
  readonly permissions?: readonly Permission[];
  /** Default: all accounts. */
  readonly accountIds?: readonly string[];
}

/** What a token allows; without a list, everything. */
export type Token = Pick<TokenOptions, 'permissions' | 'accountIds'>;

/** Cloudflare calls the header malformed when the value does not look like a token. */
const BEARER = /^Bearer ([\w-]{40,80})$/;

/** The API tokens of a sandbox. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  /** Adds a token and returns it. */
  add(options: TokenOptions = {}): string {
    const { value = randomBytes(20).toString('hex'), permissions, accountIds } = options;
    this.#tokens.set(value, { ...(permissions && { permissions }), ...(accountIds && { accountIds }) });
    return value;
  }

  /** Revokes a token. */
  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  /**
   * The token in an Authorization header.
   *
   * @throws ApiProblem: 401 for a missing or unknown token, 400 for a malformed one
   */
  authenticate(authorization: string | undefined): Token {
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
