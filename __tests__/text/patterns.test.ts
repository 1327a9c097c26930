import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { parse, type Token } from 'acorn';
import { describe, expect, it } from 'vitest';
import { cell, copyable } from '../../src/action/summary/markup.ts';
import { parseEmailDomain } from '../../src/domain/email-domain-name.ts';
import { redactor } from '../../src/text/secrets.ts';
import { html, printable, withoutCommands } from '../../src/text/untrusted.ts';
import { growsTooFast } from '../checks/growth.ts';

interface Pattern {
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that the source writes down, found by a parser, not by another expression. */
function patternsOf(file: string): readonly Pattern[] {
  const tokens: Token[] = [];
  const source = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true, onToken: tokens });
  return (tokens as readonly (Token & { value?: { value: RegExp } })[]).flatMap(({ type, value, loc }) =>
    type.label === 'regexp' && value !== undefined
      ? [{ place: `${file}:${loc?.start.line} ${value.value}`, pattern: value.value }]
      : [],
  );
}

const PATTERNS = globSync('src/**/*.ts').flatMap(patternsOf);

/** What an unbroken text can consist of; each is repeated until it is long. */
const PUMPS = [
  ...'aA0 \n\t"\'\\/:@#.-_()[]{}=;,*?%&<>|$~!+^`é\u200b',
  ...[
    '\\"',
    '"a" ',
    ' \n',
    'a ',
    '://a',
    '#\n',
    ' #\n',
    'a:',
    'a.',
    '- ',
    'values:\n',
    '0a',
    '""',
    "''",
    '"\n',
  ],
];
const LEADS = ['', ' ', '"', '://', ':', '\n', '(', '['];
/** The last one ends what a pattern has begun in a way that it does not expect. */
const ENDS = ['', '\u0001'];

function samplesFor(hints: readonly string[]): readonly ((size: number) => string)[] {
  const pumps = [...new Set([...PUMPS, ...hints])];
  const leads = [...new Set([...LEADS, ...hints])];
  return pumps.flatMap((pump) =>
    leads.flatMap((lead) =>
      ENDS.map(
        (end) => (size: number) => lead + pump.repeat(Math.ceil(size / pump.length)).slice(0, size) + end,
      ),
    ),
  );
}

/** The words that a pattern itself looks for. */
const wordsIn = ({ source }: RegExp): readonly string[] => source.match(/[A-Za-z]{2,}[:=]?|:\/\//g) ?? [];

function run(pattern: RegExp, text: string): unknown {
  pattern.lastIndex = 0;
  return pattern.global ? text.replaceAll(pattern, '') : pattern.exec(text);
}

describe('no text makes a pattern slow: its time grows with the text, not with its square', () => {
  it('finds the patterns, and knows a slow one when it sees it', () => {
    expect(PATTERNS.length).toBeGreaterThan(80);
    const slow = /\S*(?:[@#]|www\.)\S*/gi;
    expect(growsTooFast((size) => run(slow, 'a'.repeat(size)))).toBe(true);
  });

  it.each(PATTERNS)('$place', ({ pattern }) => {
    const slow = samplesFor(wordsIn(pattern)).find((sample) =>
      growsTooFast((size) => run(pattern, sample(size))),
    );
    expect(slow?.(16)).toBeUndefined();
  });

  it.each([
    ['cell', cell],
    ['copyable', copyable],
    ['html', html],
    ['printable', printable],
    ['withoutCommands', withoutCommands],
    ['parseEmailDomain', parseEmailDomain],
    ['redactor', redactor(['a-token-of-some-length-0123456789'])],
  ] as const)('%s', (_, work) => {
    const slow = samplesFor([]).find((sample) => growsTooFast((size) => work(sample(size))));
    expect(slow?.(16)).toBeUndefined();
  });
});
