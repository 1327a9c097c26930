import type { ApiTokenFacts } from '../cloudflare/api-token.ts';
import { printable } from '../text/untrusted.ts';
import { answerOf, type Finding, type Guard, passed, unreadable, warned } from './guard.ts';

const SOON_MS = 30 * 24 * 60 * 60 * 1000;
const NEW_TOKEN =
  'Make a new API token without an expiry date under Manage Account > API Tokens, and store it where this workflow and your break-glass workflow read it.';

/** The token is the way back: with it the connector is disabled when nobody can sign in. */
export const token: Guard = {
  id: 'token',
  isOfAccount: true,
  async judge(evidence) {
    const result = await answerOf(evidence.token());
    if ('error' in result) return unreadable('facts about the API token', result.error);
    return judgeToken(result.answer, evidence.nowMs);
  },
};

function judgeToken(
  { status, expiresAtMs, notBeforeMs, isOfAccount }: ApiTokenFacts,
  nowMs: number,
): Finding {
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs)
    return warned(`The API token expired on ${date(expiresAtMs)}.`, NEW_TOKEN);
  if (status !== 'active')
    return warned(`The API token is not active, but "${printable(status, 40)}".`, NEW_TOKEN);
  if (notBeforeMs !== undefined && notBeforeMs > nowMs)
    return warned(`The API token is not valid before ${date(notBeforeMs)}.`, NEW_TOKEN);
  if (expiresAtMs !== undefined && expiresAtMs - nowMs < SOON_MS)
    return warned(`The API token expires on ${date(expiresAtMs)}.`, NEW_TOKEN);
  const until = expiresAtMs === undefined ? 'does not expire' : `expires on ${date(expiresAtMs)}`;
  if (isOfAccount) return passed(`The API token belongs to the account and ${until}.`);
  return passed(
    `The API token belongs to a user and ${until}.`,
    'An account API token is better: it outlives the user.',
  );
}

function date(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
