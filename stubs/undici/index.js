/**
 * Stands in for undici, which `@actions/http-client` and `@actions/github` import at their top for what goes through
 * its own `fetch`. This action sends everything by Node's http and https modules, which know the runner's proxies;
 * without undici the bundle is a third as large and starts in two thirds of the time.
 */

/** Made behind a proxy when `@actions/github` is loaded, and then never used. */
export class ProxyAgent {}

/** Never called: the drift issue gives its client a `fetch` of its own. */
export function fetch() {
  throw new Error('this build has no undici: give the client a fetch of its own');
}
