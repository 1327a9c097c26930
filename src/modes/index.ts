import { create } from './create.ts';
import { enable } from './enable.ts';
import type { Mode } from './mode.ts';
import type { ModeName } from './names.ts';
import { waitForDns } from './wait-for-dns.ts';

/** The registry: what each mode does. */
export const MODES: Readonly<Record<ModeName, Mode>> = {
  create,
  'wait-for-dns': waitForDns,
  enable,
};
