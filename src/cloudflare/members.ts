import * as v from 'valibot';
import { domainOfAddress, isPlusAddress } from '../domain/email-address.ts';
import type { Clock } from '../time/clock.ts';
import { Recent } from '../time/recent.ts';
import type { CloudflareClient } from './client.ts';

/** A member of the account, without the person: no address leaves this file. */
export interface Member {
  /** Lower-case A-labels; empty if Cloudflare shows no address. */
  readonly emailDomain: string;
  readonly isSuperAdministrator: boolean;
  /** A plus address, such as `alex+admin@example.com`. */
  readonly isPlusAddress: boolean;
}

/** Cloudflare's name for the role, and for the permission group, that may do everything in an account. */
const SUPER_ADMINISTRATOR = 'Super Administrator - All Privileges';

const named = v.object({ name: v.nullish(v.string()) });
/** A member as Cloudflare sends it, as far as it is needed. */
export const wireMemberSchema = v.object({
  email: v.nullish(v.string()),
  user: v.nullish(v.object({ email: v.nullish(v.string()) })),
  roles: v.nullish(v.array(named)),
  policies: v.nullish(
    v.array(v.object({ access: v.nullish(v.string()), permission_groups: v.nullish(v.array(named)) })),
  ),
});
type WireMember = v.InferOutput<typeof wireMemberSchema>;

/** Cloudflare's limit for a page. */
const PAGE_SIZE = 50;

/** The members of one account. Those of other accounts cannot be listed, although SSO concerns them too. */
export class Members {
  readonly #accepted: Recent<readonly Member[]>;

  constructor(client: CloudflareClient, accountId: string, clock: Pick<Clock, 'now'>) {
    const path = `/accounts/${encodeURIComponent(accountId)}/members?status=accepted&per_page=${PAGE_SIZE}`;
    this.#accepted = new Recent(async () => {
      const all = await client.list({
        what: 'list the members of the account',
        request: { method: 'GET', path },
        result: v.array(wireMemberSchema),
        permission: 'Account Settings: Read',
      });
      return all.map(toMember);
    }, clock);
  }

  /**
   * The members who have accepted their invitation; read once for all email domains of a step, and again after a minute.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  accepted(): Promise<readonly Member[]> {
    return this.#accepted.get();
  }
}

function toMember({ email, user, roles, policies }: WireMember): Member {
  const address = user?.email ?? email ?? '';
  const groups = (policies ?? [])
    .filter(({ access }) => access !== 'deny')
    .flatMap(({ permission_groups }) => permission_groups ?? []);
  return {
    emailDomain: domainOfAddress(address),
    isPlusAddress: isPlusAddress(address),
    isSuperAdministrator: [...(roles ?? []), ...groups].some(({ name }) => name === SUPER_ADMINISTRATOR),
  };
}
