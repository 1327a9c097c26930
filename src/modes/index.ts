import type { ModeName } from '../domain/mode-names.ts';
import type { Mode } from './mode.ts';

/** The registry: where each mode is. A step loads only its own. */
export const MODES: Readonly<Record<ModeName, () => Promise<Mode>>> = {
  preflight: async () => (await import(/* webpackChunkName: 'modes' */ './preflight.ts')).preflight,
  create: async () => (await import(/* webpackChunkName: 'modes' */ './create.ts')).create,
  'publish-dns': async () => (await import(/* webpackChunkName: 'modes' */ './publish-dns.ts')).publishDns,
  'wait-for-dns': async () => (await import('./wait-for-dns.ts')).waitForDns,
  enable: async () => (await import(/* webpackChunkName: 'modes' */ './enable.ts')).enable,
  check: async () => (await import(/* webpackChunkName: 'modes' */ './check.ts')).check,
  disable: async () => (await import(/* webpackChunkName: 'modes' */ './disable.ts')).disable,
  delete: async () => (await import(/* webpackChunkName: 'modes' */ './delete.ts')).deleteConnector,
};
