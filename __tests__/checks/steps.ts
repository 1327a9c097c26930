import type { FakeServices } from '../fakes/services.ts';

/** Where the guards of preflight read the list of connectors: a judgement was made. */
export const JUDGED = 'judged';

/**
 * What a mode did, in order. A judgement is one step, however many guards read the list; a request of the last resort
 * that the fake API then carries out is one step as well.
 */
export function stepsOf({ calls }: Pick<FakeServices, 'calls'>): readonly string[] {
  return calls
    .filter((call, index) => !(call === 'list' && calls[index - 1] === 'list'))
    .filter((call, index, all) => all[index - 1] !== `last ${call}`)
    .map((call) => (call === 'list' ? JUDGED : call));
}
