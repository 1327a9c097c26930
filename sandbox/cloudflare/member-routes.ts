import type { ConnectorStore } from './connector-store.ts';
import { invalidParameter, page } from './envelope.ts';
import type { MemberStatus } from './members.ts';
import type { ApiRequest, Route } from './router.ts';

const STATUSES: readonly string[] = ['accepted', 'pending', 'rejected'] satisfies MemberStatus[];

/** Cloudflare's limits for the list. */
const PAGES = { usual: 20, largest: 50 };

/** The list of an account's members (Cloudflare API: Accounts > Members). */
export function memberRoutes(store: ConnectorStore): readonly Route[] {
  const list = ({ params: { accountId = '' }, query }: ApiRequest) => {
    const wanted = query.get('status');
    if (wanted !== null && !STATUSES.includes(wanted)) throw invalidParameter('status');
    const { members } = store.account(accountId);
    return page(
      members.filter(({ status }) => (wanted ?? status) === status),
      query,
      PAGES,
    );
  };
  return [
    {
      method: 'GET',
      path: '/accounts/:accountId/members',
      permission: 'account-settings:read',
      handle: list,
    },
  ];
}
