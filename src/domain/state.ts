/** How far an email domain has come, least advanced first. */
export const STATES = ['absent', 'awaiting-dns', 'verifying', 'verified', 'enabled'] as const;

/** See {@link STATES}. */
export type State = (typeof STATES)[number];

/** The least advanced of several states; `undefined` if one is unknown. */
export function leastAdvanced(states: readonly (State | undefined)[]): State | undefined {
  return states.includes(undefined) ? undefined : STATES.find((state) => states.includes(state));
}
