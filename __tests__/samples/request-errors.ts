import * as v from 'valibot';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { openEnvelope } from '../../src/cloudflare/envelope.ts';
import { StoppedError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { thrownBy } from '../checks/errors.ts';
import { NOON_MS } from '../fakes/clock.ts';

/** How Cloudflare refuses a request that would need this permission. */
export function apiError(status: number, code: number, permission?: string): CloudflareApiError {
  const errors = [{ code, message: code === NO_ZERO_TRUST ? 'access.api.error.not_enabled' : 'It is so' }];
  const request = { method: 'GET', path: '/accounts/abc/access/x' } as const;
  const response = { status, headers: {}, body: JSON.stringify({ success: false, errors }) };
  return thrownBy(
    () =>
      openEnvelope({ what: 'read the sample', request, result: v.unknown(), permission }, response, NOON_MS),
    CloudflareApiError,
  );
}

const NO_ZERO_TRUST = 9999;

/** The account has no Zero Trust organization; the status differs. */
export const WITHOUT_ZERO_TRUST = [403, 404].map((status) => apiError(status, NO_ZERO_TRUST, 'Some: Read'));

/** Failures that say nothing about a permission, with a fact that the message holds. */
export const FAILURES: readonly (readonly [string, CloudflareApiError | NetworkError])[] = [
  ['HTTP 500', apiError(500, 10_999, 'Some: Read')],
  ['HTTP 404', apiError(404, 7003, 'Some: Read')],
  ['ECONNRESET', new NetworkError('The connection ended (ECONNRESET).', { retryability: 'ambiguous' })],
];

/** What no request can have caused: it must arrive as it is. */
export const OTHER_ERRORS = [new StoppedError('Stopped by SIGINT.'), new TypeError('x is not a function')];
