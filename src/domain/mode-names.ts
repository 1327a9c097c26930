/** The modes of the action, in the order in which they are usually chained. */
export const MODE_NAMES = [
  'preflight',
  'create',
  'publish-dns',
  'wait-for-dns',
  'enable',
  'check',
  'disable',
  'delete',
] as const;

/** One thing the action does. */
export type ModeName = (typeof MODE_NAMES)[number];
