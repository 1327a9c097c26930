import type { ModeName } from '../domain/mode-names.ts';
import { check } from './check.ts';
import { create } from './create.ts';
import { deleteConnector } from './delete.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import type { Mode } from './mode.ts';
import { preflight } from './preflight.ts';
import { publishDns } from './publish-dns.ts';
import { waitForDns } from './wait-for-dns.ts';

/** The registry: what each mode does. */
export const MODES: Readonly<Record<ModeName, Mode>> = {
  preflight,
  create,
  'publish-dns': publishDns,
  'wait-for-dns': waitForDns,
  enable,
  check,
  disable,
  delete: deleteConnector,
};
