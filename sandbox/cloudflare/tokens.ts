import { randomBytes } from 'node:crypto';
import { ApiProblem, ERROR_CODES } from './envelope.ts';

/** What a token may do; write implies read. Of Cloudflare's permissions those that the routes ask for. */
export type Permission =
  | 'sso:read'
  | 'sso:write'
  | 'access-idp:read'
  | 'access-apps:read'
  | 'zone:read'
  | 'dns:read'
  | 'dns:write';

/** What a new API token is; all of it optional. */
export interface TokenOptions {
  /** Default: 40 random characters. */
  readonly value?: string;
  /** Default: all. */
  readonly permissions?: readonly Permission[];
  /** Default: all accounts. */
  readonly accountIds?: readonly string[];
}

/** What a token lets its bearer do; without a list, everything. */
export type Token = Pick<TokenOptions, 'permissions' | 'accountIds'>;

/** Cloudflare says of anything that does not look like a token that the header is malformed. */
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

  /** Makes a token unknown. */
  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  /**
   * The token that an Authorization header names.
   *
   * @throws ApiProblem: 401 for none or an unknown one, 400 for one that is malformed
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

/** Whether a token has a permission, or the one to write that implies it. */
export function isGranted({ permissions }: Token, permission: Permission): boolean {
  return (
    permissions === undefined ||
    permissions.includes(permission) ||
    permissions.some((held) => held === permission.replace(/:read$/, ':write'))
  );
}

/** Whether a token is for this account, among others or among all. */
export function reaches({ accountIds }: Token, accountId: string): boolean {
  return accountIds?.includes(accountId) ?? true;
}

/**
 * Makes sure that a token may do this in that account.
 *
 * @throws ApiProblem (403): code 9109 for a foreign account, 10000 for a lacking permission
 */
export function authorize(token: Token, permission: Permission, accountId: string | undefined): void {
  if (accountId !== undefined && !reaches(token, accountId)) throw foreignAccount();
  if (!isGranted(token, permission)) throw authenticationError(403);
}

/** What the API says of accounts that a token does not reach, whether or not they exist. */
export function foreignAccount(): ApiProblem {
  return new ApiProblem(403, {
    code: ERROR_CODES.unauthorizedResource,
    message: 'Unauthorized to access requested resource',
  });
}
