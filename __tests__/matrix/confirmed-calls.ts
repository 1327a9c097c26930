import type { Call, RequestMatch } from './call.ts';
import { APPS, GUARD_READS, LOG } from './guard-calls.ts';
import { connectorsOf, type World } from './world.ts';

const GET = { method: 'GET', path: /\/sso_connectors\/\w+$/ } as const satisfies RequestMatch;
const CHANGE = { method: 'PATCH', path: /\/sso_connectors\/\w+$/ } as const satisfies RequestMatch;
const APPS_AGAIN = { ...APPS, skip: 1 };
const LOG_AGAIN = { ...LOG, skip: 1 };
/** The first look is the one right before the change. */
const READ_BACK = { ...GET, skip: 1 };
const CHANGE_BACK = { ...CHANGE, skip: 1 };

const isEnabled =
  (expected: boolean) =>
  ({ sandbox }: World) =>
    connectorsOf(sandbox).every(({ enabled }) => enabled === expected);

/** The rows for an enable that a sign-in must confirm; `arrange` makes a verified connector and a past sign-in. */
export function confirmedCalls(arrange: (world: World) => void): readonly Call[] {
  const confirmed = {
    server: 'cloudflare',
    inputs: { mode: 'enable', 'confirm-within': '5m' },
    arrange,
    signIn: 'played',
    isReached: isEnabled(true),
    outputs: { changed: 'true', state: 'enabled', enabled: 'true', confirmed: 'true' },
  } as const;
  const takenBack = {
    ...confirmed,
    inputs: { mode: 'enable', 'confirm-within': '1s' },
    signIn: 'missing',
    isReached: isEnabled(false),
    outputs: { changed: 'true', state: 'verified', enabled: 'false', confirmed: 'false' },
  } as const;
  return [
    // Taking back sends the same request; by then the fault is over.
    { ...confirmed, ...CHANGE, name: 'enable, confirmed: enable', after: [...GUARD_READS, GET], lasts: 5 },
    {
      ...confirmed,
      ...APPS_AGAIN,
      name: 'enable, confirmed: find application',
      after: [...GUARD_READS, CHANGE],
    },
    {
      ...confirmed,
      ...LOG_AGAIN,
      name: 'enable, confirmed: poll access log',
      after: [...GUARD_READS, CHANGE, APPS_AGAIN],
    },
    {
      ...takenBack,
      ...CHANGE_BACK,
      name: 'enable, not confirmed: disable again',
      after: [CHANGE],
    },
    // A fault of the whole server spoils the next attempt to disable as well: the row above has those.
    { ...takenBack, ...READ_BACK, name: 'enable, not confirmed: read back', isSideBySide: true },
  ];
}
