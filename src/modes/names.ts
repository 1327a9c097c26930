/** The modes of the action, in the order in which they are usually chained. */
export const MODE_NAMES = ['create', 'wait-for-dns', 'enable'] as const;

/** One thing the action does. */
export type ModeName = (typeof MODE_NAMES)[number];
