/**
 * Stands in for undici, which `@actions/http-client` imports at its top for `getAgentDispatcher` alone. This action
 * never calls that; without undici the bundle is a third as large and starts in two thirds of the time. Proxies
 * of ordinary requests do not come through here.
 */
export class ProxyAgent {
  constructor() {
    throw new Error('this build has no undici: HttpClient.getAgentDispatcher is not available');
  }
}
