import { CloudflareClient } from '../../src/cloudflare/client.ts';
import { STATUS_HINT } from '../../src/cloudflare/hints.ts';
import { SsoConnectors } from '../../src/cloudflare/sso-connectors.ts';
import { HttpSession, type HttpSessionOptions } from '../../src/http/session.ts';
import { API_TOKEN } from '../samples/results.ts';
import { fakeClock } from './clock.ts';
import { recordingLog } from './recording-log.ts';

/** The real client over real HTTP; time is fake and pauses are not random. */
export function clientOf(apiUrl: string, options: Partial<HttpSessionOptions> = {}) {
  const session = new HttpSession({ apiUrl, apiToken: API_TOKEN, statusHint: STATUS_HINT, ...options });
  const [clock, log, stop] = [fakeClock(), recordingLog(), new AbortController()];
  const client = new CloudflareClient(session, { clock, log, signal: stop.signal, random: () => 1 });
  return { client, clock, log, stop, [Symbol.dispose]: () => session.close() };
}

/** The connectors of an account through that client, by its clock. */
export function ssoConnectorsOf(
  { client, clock, stop }: ReturnType<typeof clientOf>,
  accountId: string,
): SsoConnectors {
  return new SsoConnectors(client, accountId, { clock, signal: stop.signal });
}
