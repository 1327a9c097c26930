import type { IdentityProvider } from '../cloudflare/access.ts';
import { LOOK_BACK_DAYS, type SignIn } from '../cloudflare/access-log.ts';
import { printable, withoutAddresses } from '../text/untrusted.ts';
import {
  answerOf,
  type Finding,
  type Guard,
  isWithoutZeroTrust,
  passed,
  unreadable,
  warned,
} from './guard.ts';
import { ownProviders } from './own-providers.ts';

const SIGN_IN_FIRST =
  'Have somebody of the email domain sign in to any Access application through your identity provider first, then run again.';

/** That somebody got in through the identity provider proves more than that there is one. */
export const signInSeen: Guard = {
  id: 'sign-in-seen',
  isOfAccount: false,
  async judge(evidence) {
    const requests = [answerOf(evidence.signIns()), answerOf(evidence.identityProviders())] as const;
    const [signIns, providers] = await Promise.all(requests);
    const error = 'error' in signIns ? signIns.error : 'error' in providers ? providers.error : undefined;
    if (isWithoutZeroTrust(error))
      return warned('Without a Zero Trust organization, nobody has signed in through Access.', SIGN_IN_FIRST);
    if ('error' in signIns) return unreadable('sign-ins in the Access authentication log', signIns.error);
    if ('error' in providers)
      return unreadable('identity providers that people sign in through', providers.error);
    return judgeSignIns(signIns.answer, ownProviders(providers.answer), evidence.nowMs);
  },
};

function judgeSignIns(signIns: readonly SignIn[], own: readonly IdentityProvider[], nowMs: number): Finding {
  const counting = signIns.find(({ allowed, connection }) => allowed && own.some(isCalled(connection)));
  if (counting !== undefined) {
    const { atMs, connection } = counting;
    return passed(`Somebody of the email domain signed in through ${shown(connection)} ${when(atMs)}.`);
  }
  const since = new Date(nowMs - LOOK_BACK_DAYS * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return warned(
    `Nobody of the email domain has signed in through an identity provider of yours since ${since}, ${LOOK_BACK_DAYS} days back, or since the log begins: by plan it keeps between 24 hours and 6 months.${others(signIns)}`,
    SIGN_IN_FIRST,
  );
}

/** An entry of the log names the provider by its type, its name or its ID. */
function isCalled(connection: string): (provider: IdentityProvider) => boolean {
  const called = connection.toLowerCase();
  return ({ id, name, type }) =>
    called !== '' && [id, name, type].some((one) => one?.toLowerCase() === called);
}

/** What was seen instead; denied sign-ins are worth the most. */
function others(signIns: readonly SignIn[]): string {
  const denied = signIns.filter(({ allowed }) => !allowed);
  const allowed = signIns.filter((one) => one.allowed);
  const parts = [
    ...(denied.length > 0 ? [`${denied.length} denied (${connections(denied)})`] : []),
    ...(allowed.length > 0 ? [`${allowed.length} through other providers (${connections(allowed)})`] : []),
  ];
  return parts.length === 0 ? '' : ` Seen instead: ${parts.join(', ')}.`;
}

/** The identity providers of some sign-ins, each once. */
export function connections(signIns: readonly SignIn[]): string {
  return [...new Set(signIns.map(({ connection }) => shown(connection)))].join(', ');
}

/** As people may read it. */
function shown(connection: string): string {
  return connection === '' ? 'an unnamed provider' : withoutAddresses(printable(connection, 100));
}

function when(atMs: number): string {
  return `on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}
