import type { ApiFault } from '../../sandbox/index.ts';

/** How a request fails: with an answer, or before one. */
export type Misfortune =
  | { readonly kind: 'answer'; readonly fault: () => ApiFault; readonly carryOut?: boolean }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'expired-certificate' };

/**
 * What the action learns from a fault: nothing; to try again later; something unreadable; that trying again is
 * useless; or all that it asked for.
 */
export type FaultKind = 'no-answer' | 'later' | 'unreadable' | 'final' | 'harmless';

/** How the action must handle a fault that happens once. */
export type Expected = 'works' | 'recovers' | 'refuses';

/** A column of the matrix. */
export interface Fault {
  readonly name: string;
  readonly kind: FaultKind;
  readonly misfortune: Misfortune;
  readonly once: Expected;
  /** Whether the matrix also tries it on every request. */
  readonly always?: boolean;
  /** Must be in the error message. */
  readonly seen: RegExp;
  /** Only possible in Cloudflare's envelope. */
  readonly isCloudflareOnly?: boolean;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes an answer: the whole body from GitHub, the result in Cloudflare's envelope. */
function altered(change: (result: Json) => Json): (text: string) => string {
  return (text) => {
    const whole: Json = JSON.parse(text);
    const isEnvelope = isObject(whole) && 'success' in whole;
    return JSON.stringify(isEnvelope ? { ...whole, result: change(whole['result'] ?? null) } : change(whole));
  };
}

function withWrongTypes(value: Json): Json {
  if (Array.isArray(value)) return { list: value.length };
  if (!isObject(value)) return typeof value === 'string' ? 7 : 'seven';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withWrongTypes(inner)]));
}

function withUnknownFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(withUnknownFields);
  if (!isObject(value)) return value;
  const known = Object.entries(value).map(([key, inner]) => [key, withUnknownFields(inner)]);
  return { ...Object.fromEntries(known), field_of_next_year: { value: [null, 1.5, 'x'] } };
}

const HTML = '<!doctype html><html><head><title>Sign in to the network</title></head></html>';

function answer(fault: ApiFault | (() => ApiFault), carryOut?: 'carried-out'): Misfortune {
  const make = typeof fault === 'function' ? fault : () => fault;
  return { kind: 'answer', fault: make, carryOut: carryOut !== undefined };
}

function html(status: number): ApiFault {
  return { kind: 'body', body: HTML, status, contentType: 'text/html' };
}

function spoilt(alter: (text: string) => string): Misfortune {
  return answer({ kind: 'altered-body', alter }, 'carried-out');
}

function limited(retryAfter?: () => string): Misfortune {
  return answer(() => ({ kind: 'status', status: 429, ...(retryAfter && { retryAfter: retryAfter() }) }));
}

const UNREADABLE = /not JSON|unexpected shape/;

/** The columns. "Taken" means that the request had its effect although its answer was lost. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'refused',
    kind: 'no-answer',
    misfortune: { kind: 'refused' },
    once: 'recovers',
    always: true,
    seen: /ECONNREFUSED/,
  },
  {
    name: 'reset',
    kind: 'no-answer',
    misfortune: answer({ kind: 'reset' }),
    once: 'recovers',
    always: true,
    seen: /ECONNRESET|hang up/,
  },
  {
    name: 'reset, taken',
    kind: 'no-answer',
    misfortune: answer({ kind: 'reset' }, 'carried-out'),
    once: 'recovers',
    always: true,
    seen: /ECONNRESET|hang up/,
  },
  {
    name: 'stall',
    kind: 'no-answer',
    misfortune: answer({ kind: 'stall-before-headers' }),
    once: 'recovers',
    always: true,
    seen: /within 30 s/,
  },
  {
    name: 'stall in body, taken',
    kind: 'no-answer',
    misfortune: answer({ kind: 'stall-in-body' }, 'carried-out'),
    once: 'recovers',
    seen: /within 30 s/,
  },
  {
    name: 'end in body, taken',
    kind: 'no-answer',
    misfortune: answer({ kind: 'cut-body' }, 'carried-out'),
    once: 'recovers',
    seen: /aborted/,
  },
  { name: '429, seconds', kind: 'later', misfortune: limited(() => '2'), once: 'recovers', seen: /HTTP 429/ },
  {
    name: '429, date',
    kind: 'later',
    misfortune: limited(() => new Date(Date.now() + 3000).toUTCString()),
    once: 'recovers',
    seen: /HTTP 429/,
  },
  { name: '429', kind: 'later', misfortune: limited(), once: 'recovers', always: true, seen: /HTTP 429/ },
  { name: '429, 1 h', kind: 'final', misfortune: limited(() => '3600'), once: 'refuses', seen: /HTTP 429/ },
  {
    name: '500',
    kind: 'later',
    misfortune: answer({ kind: 'status', status: 500 }),
    once: 'recovers',
    always: true,
    seen: /HTTP 500/,
  },
  { name: '502, HTML', kind: 'later', misfortune: answer(html(502)), once: 'recovers', seen: /HTTP 502/ },
  {
    name: '503',
    kind: 'later',
    misfortune: answer({ kind: 'status', status: 503, retryAfter: '1' }),
    once: 'recovers',
    seen: /HTTP 503/,
  },
  {
    name: '504, taken',
    kind: 'later',
    misfortune: answer({ kind: 'status', status: 504 }, 'carried-out'),
    once: 'recovers',
    always: true,
    seen: /HTTP 504/,
  },
  {
    name: '200, HTML',
    kind: 'unreadable',
    misfortune: answer(html(200)),
    once: 'recovers',
    always: true,
    seen: UNREADABLE,
  },
  {
    name: 'empty, taken',
    kind: 'unreadable',
    misfortune: spoilt(() => ''),
    once: 'recovers',
    seen: UNREADABLE,
  },
  {
    name: 'cut JSON, taken',
    kind: 'unreadable',
    misfortune: spoilt((text) => text.slice(0, Math.ceil(text.length / 2))),
    once: 'recovers',
    seen: UNREADABLE,
  },
  {
    name: 'result of another shape, taken',
    kind: 'unreadable',
    // A list that is null is an empty list.
    misfortune: spoilt(altered((result) => (Array.isArray(result) ? {} : null))),
    once: 'recovers',
    seen: UNREADABLE,
  },
  {
    name: 'wrong types, taken',
    kind: 'unreadable',
    misfortune: spoilt(altered(withWrongTypes)),
    once: 'recovers',
    always: true,
    seen: UNREADABLE,
  },
  {
    name: 'unknown fields',
    kind: 'harmless',
    misfortune: spoilt(altered(withUnknownFields)),
    once: 'works',
    seen: /^$/,
  },
  {
    name: 'success: false',
    kind: 'final',
    misfortune: answer({ kind: 'success-false', errors: [{ code: 1000, message: 'Something is odd' }] }),
    once: 'refuses',
    seen: /Something is odd.*code 1000/,
    isCloudflareOnly: true,
  },
  {
    name: '10 MB',
    kind: 'final',
    misfortune: answer({ kind: 'huge-body', sizeBytes: 10 * 1024 * 1024 }),
    once: 'refuses',
    seen: /larger than/,
  },
  { name: 'redirect', kind: 'final', misfortune: { kind: 'redirect' }, once: 'refuses', seen: /redirected/ },
  {
    name: 'expired certificate',
    kind: 'final',
    misfortune: { kind: 'expired-certificate' },
    once: 'refuses',
    seen: /certificate has expired/,
  },
];
