import { requireApi } from '../../src/modes/services.ts';
import { type Evidence, evidenceOf, type Subject } from '../../src/preflight/evidence.ts';
import { DOMAIN } from '../samples/results.ts';
import { NOON_MS } from './clock.ts';
import { fakeServices, type World } from './services.ts';

/** What guards see of such a world at noon; by default nothing that is bad. */
export function evidenceIn(world: World = {}, subject: Partial<Subject> = {}): Evidence {
  const { emailDomain = DOMAIN, emailDomains = [emailDomain] } = subject;
  return evidenceOf(requireApi(fakeServices(world)), { emailDomain, emailDomains }, NOON_MS);
}
