import type { DomainResult } from './run-result.ts';
import { STATES, type State } from './state.ts';

/** How people read a state; the outputs have its stable name. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  absent: 'without a connector',
  'awaiting-dns': 'awaiting DNS',
  verifying: 'verifying',
  verified: 'verified',
  enabled: 'enabled',
};

/** How many email domains failed and how far the others are: `50 email domains: 1 failed, 2 enabled, 47 awaiting DNS`. */
export function tally(results: readonly DomainResult[]): string {
  const words = results.map(({ domain: { state }, failure }) => {
    if (failure !== undefined) return 'failed';
    return state === undefined ? 'in an unknown state' : STATE_WORDS[state];
  });
  const mostAdvancedFirst = STATES.map((state) => STATE_WORDS[state]).toReversed();
  const counts = ['failed', ...mostAdvancedFirst, 'in an unknown state'].flatMap((word) => {
    const count = words.filter((one) => one === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(results.length)}: ${counts.join(', ')}`;
}

/** `1 email domain`, `2 email domains`. */
export function counted(emailDomains: number): string {
  return `${emailDomains} email domain${emailDomains === 1 ? '' : 's'}`;
}
