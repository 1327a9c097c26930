import { CloudflareApiError } from './api-error.ts';

/** Errors of the API as a whole, not of one resource: the path is wrong. */
const NO_ROUTE: ReadonlySet<number> = new Set([7000, 7003]);

/**
 * Whether Cloudflare answered that there is no such connector. A 404 in another shape proves nothing: it may come from a
 * proxy, or from a wrong `api-url` or account.
 */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof CloudflareApiError) || error.status !== 404) return false;
  return error.errors.length > 0 && !error.errors.some(({ code }) => NO_ROUTE.has(code));
}
