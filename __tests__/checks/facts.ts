import { expect } from 'vitest';

/** Matches a text that holds all these facts, in any order: the words around them may change. */
export function facts(...all: readonly string[]): RegExp {
  return new RegExp(`^${ahead(all)}`, 's');
}

/** Equals a text that holds all these facts, in any order. */
export function textWith(...all: readonly string[]): string {
  return expect.stringMatching(facts(...all)) as string;
}

/** Equals a line of the log that has this level and holds all these facts, in any order. */
export function line(level: 'info' | 'warning', ...all: readonly string[]): unknown {
  return expect.stringMatching(new RegExp(`^${level}: ${ahead(all)}`, 's'));
}

function ahead(all: readonly string[]): string {
  return all.map((fact) => `(?=.*${fact.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')})`).join('');
}

/** Equals a text that holds these facts in this order, whatever the words between them. */
export function sentenceWith(...all: readonly string[]): string {
  const escaped = all.map((fact) => fact.replaceAll(/\W/g, '\\$&'));
  return expect.stringMatching(new RegExp(escaped.join('.*'))) as string;
}
