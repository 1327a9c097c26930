import { expect } from 'vitest';

/** Matches a text that holds the facts in this order, whatever the words between them. */
export function sentenceWith(...facts: readonly string[]): string {
  const escaped = facts.map((fact) => fact.replaceAll(/\W/g, '\\$&'));
  return expect.stringMatching(new RegExp(escaped.join('.*'))) as string;
}
