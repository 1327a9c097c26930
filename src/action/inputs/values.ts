import * as core from '@actions/core';
import { InputError } from '../../domain/errors.ts';
import { parseDuration } from '../../text/duration.ts';
import { printable } from '../../text/untrusted.ts';

/** Every input with its default; a test compares them with action.yml. */
export const INPUT_DEFAULTS = {
  mode: undefined,
  'account-id': undefined,
  'api-token': undefined,
  'email-domain': undefined,
  'connector-id': undefined,
  'verification-code': undefined,
  'begin-verification': 'true',
  'use-fedramp-language': undefined,
  resolvers: 'cloudflare, google, quad9, opendns',
  quorum: 'majority',
  'authoritative-servers': 'auto',
  timeout: '30m',
  'poll-interval': '15s',
  'on-timeout': 'fail',
  'record-format': undefined,
  'record-file': undefined,
  'record-zone': undefined,
  preflight: 'true',
  'confirm-within': undefined,
  'expect-enabled': 'true',
  'fail-on-drift': 'true',
  'drift-issue': 'false',
  'github-token': undefined,
  'dry-run': 'false',
  'api-url': 'https://api.cloudflare.com/client/v4',
} as const satisfies Record<string, string | undefined>;

/** The name of an input in action.yml. */
export type InputName = keyof typeof INPUT_DEFAULTS;

/** All of them. */
export const INPUT_NAMES = Object.keys(INPUT_DEFAULTS) as readonly InputName[];

/** Environment variables that replace an absent input. */
const ENVIRONMENT: Partial<Record<InputName, string>> = {
  'account-id': 'CLOUDFLARE_ACCOUNT_ID',
  'api-token': 'CLOUDFLARE_API_TOKEN',
  'connector-id': 'CLOUDFLARE_SSO_CONNECTOR_ID',
};

/** The trimmed input, or else its environment variable or default; an empty input counts as absent. */
export function read(name: InputName): string | undefined {
  const variable = ENVIRONMENT[name];
  const given = core.getInput(name) || (variable && process.env[variable]?.trim());
  return given || INPUT_DEFAULTS[name];
}

/** Whether it comes from the environment alone, perhaps for other steps. */
export function isInherited(name: InputName): boolean {
  const variable = ENVIRONMENT[name];
  return core.getInput(name) === '' && variable !== undefined && (process.env[variable]?.trim() ?? '') !== '';
}

/** A list separated by commas or line breaks, without empty items. */
export function readList(name: InputName): readonly string[] {
  const items = (read(name) ?? '').split(/[,\n]/).map((item) => item.trim());
  return items.filter((item) => item !== '');
}

/** The error of a wrong input. The value is shown without the password of a URL; `what` continues the sentence. */
export function problem(name: InputName, given: string, what: string, hint: string): InputError {
  const shown = given.replaceAll(/\S+/g, withoutUserInfo);
  return new InputError(`Input ${name}: "${printable(shown, 100)}" ${what}.`, { hint });
}

/** A URL without its user information (RFC 3986, section 3.2.1). */
function withoutUserInfo(word: string): string {
  const [scheme, at] = [word.indexOf('://'), word.lastIndexOf('@')];
  return scheme >= 0 && at > scheme ? `${word.slice(0, scheme)}://***${word.slice(at)}` : word;
}

/** A duration in milliseconds. */
export function readDuration(name: 'timeout' | 'poll-interval' | 'confirm-within'): number {
  const text = read(name) ?? '';
  const durationMs = parseDuration(text);
  if (durationMs !== undefined) return durationMs;
  const meant = /^\d+$/.test(text) ? ` Did you mean ${text}m or ${text}s?` : '';
  throw problem(
    name,
    text,
    'is not a duration',
    `Use a number with a unit, such as 90s, 15m or 2h, at most 24d.${meant}`,
  );
}

/** `true` or `false`; `undefined` when it is absent. */
export function readBoolean(name: InputName): boolean | undefined {
  const text = read(name);
  return text === undefined ? undefined : readOneOf(name, ['true', 'false']) === 'true';
}

/** One of the choices, in any case. */
export function readOneOf<const T extends string>(name: InputName, choices: readonly T[]): T {
  const text = read(name) ?? '';
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice !== undefined) return choice;
  const last = choices.at(-1) ?? '';
  throw problem(name, text, 'is not valid', `Use ${choices.slice(0, -1).join(', ')} or ${last}.`);
}
