import { expect, it } from 'vitest';
import { CAUSES } from '../../src/dns/diagnosis/causes.ts';
import { describeCause } from '../../src/modes/cause-words.ts';

it.each(CAUSES.map(({ id }) => id))('%s is said in words of its own, with the ID in parentheses', (id) => {
  expect(describeCause(id)).toMatch(new RegExp(`^[A-Za-z ].{10,} \\(${id}\\)$`));
  const others = CAUSES.filter((cause) => cause.id !== id).map((cause) => describeCause(cause.id));
  expect(others.map((text) => text.replace(/ \(.*/, ''))).not.toContain(
    describeCause(id).replace(/ \(.*/, ''),
  );
});

it('a cause without words is said by its ID', () => {
  expect(describeCause('from-a-newer-version')).toBe('from-a-newer-version');
});
