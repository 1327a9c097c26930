import { vi } from 'vitest';
import { readSettings } from '../../src/action/inputs/settings.ts';
import { InputError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { thrownBy } from '../checks/errors.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { ACCOUNT_ID, API_TOKEN, DOMAIN } from '../samples/results.ts';

export type Inputs = Readonly<Record<string, string>>;

/** A complete set of inputs, as a workflow gives them. */
export const GOOD_INPUTS: Inputs = {
  mode: 'create, wait-for-dns, enable',
  'account-id': ACCOUNT_ID,
  'api-token': API_TOKEN,
  'email-domain': DOMAIN,
};

/** Sets the variables as the runner does and takes away those of the machine. */
function stubEnvironment(inputs: Inputs, environment: Inputs): void {
  const names = Object.keys(process.env).filter((name) => /^(INPUT_|CLOUDFLARE_)/.test(name));
  for (const name of names) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(inputs)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

/** The settings that these inputs make, on top of good ones, and what reading them printed. */
export async function settingsOf(inputs: Inputs, environment: Inputs = {}) {
  return exactSettingsOf({ ...GOOD_INPUTS, ...inputs }, environment);
}

/** As {@link settingsOf}, with these inputs alone. */
export async function exactSettingsOf(inputs: Inputs, environment: Inputs = {}) {
  stubEnvironment(inputs, environment);
  try {
    const read: { settings?: Settings } = {};
    const stdout = await stdoutOf(() => {
      read.settings = readSettings();
    });
    if (read.settings === undefined) throw new Error('nothing was read');
    return { settings: read.settings, stdout };
  } finally {
    vi.unstubAllEnvs();
  }
}

/** The error that these inputs make, on top of good ones, and what was printed until then. */
export async function refusalOf(inputs: Inputs, environment: Inputs = {}) {
  return exactRefusalOf({ ...GOOD_INPUTS, ...inputs }, environment);
}

/** As {@link refusalOf}, with these inputs alone. */
export async function exactRefusalOf(inputs: Inputs, environment: Inputs = {}) {
  stubEnvironment(inputs, environment);
  try {
    const refused: { error?: InputError } = {};
    const stdout = await stdoutOf(() => {
      refused.error = thrownBy(readSettings, InputError);
    });
    if (refused.error === undefined) throw new Error('nothing was refused');
    const { error } = refused;
    return { error, message: error.message, hint: error.hint ?? '', stdout };
  } finally {
    vi.unstubAllEnvs();
  }
}
