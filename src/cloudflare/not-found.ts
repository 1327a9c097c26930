import { CloudflareApiError } from './api-error.ts';

/** Errors of the API as a whole or of the token, not of one resource. Cloudflare does not document the code of the resource. */
const NOT_OF_RESOURCE: ReadonlySet<number> = new Set([
  6003, 6111, 7000, 7001, 7003, 9103, 9106, 9109, 9999, 10_000, 10_001,
]);

/**
 * Whether Cloudflare answered that there is no such connector. A 404 in another shape proves nothing: it may come from a
 * proxy, or from a wrong `api-url` or account.
 */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof CloudflareApiError) || error.status !== 404) return false;
  return error.errors.length > 0 && !error.errors.some(({ code }) => NOT_OF_RESOURCE.has(code));
}
