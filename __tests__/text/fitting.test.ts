import { describe, expect, it } from 'vitest';
import { fitting, fittingParts } from '../../src/text/fitting.ts';

const lengthOf = (text: string): number => text.length;

describe('what fits', () => {
  it('is the first items, up to and with the one that fills the room', () => {
    expect(fitting(['aa', 'bb', 'c'], lengthOf, 4)).toEqual(['aa', 'bb']);
    expect(fitting(['aa', 'bb', 'c'], lengthOf, 3)).toEqual(['aa']);
    expect(fitting(['aa'], lengthOf, 1)).toEqual([]);
  });

  it('is the same list when all of them fit', () => {
    const all = ['aa', 'bb'];
    expect(fitting(all, lengthOf, 4)).toBe(all);
  });

  it('makes nothing of items after the first that does not fit', () => {
    const made: number[] = [];
    const toPart = (item: number): string => {
      made.push(item);
      return 'x'.repeat(item);
    };
    expect(fittingParts([1, 2, 3, 4, 1], toPart, lengthOf, 5)).toEqual(['x', 'xx']);
    expect(made).toEqual([1, 2, 3]);
  });
});
