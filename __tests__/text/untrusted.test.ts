import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, printable, withoutAddresses, withoutCommands } from '../../src/text/untrusted.ts';
import { runnerCommands } from '../checks/runner-commands.ts';
import { HOSTILE_TEXTS, UNPRINTABLE } from '../samples/hostile-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Random characters hardly ever form a command; these do.
  fc
    .array(
      fc.constantFrom('::', ':', '##[', '[', ']', '\n', '\r', ' ', '\u00a0', '\u2028', '\u200b', 'error'),
    )
    .map((parts) => parts.join('')),
);

describe('printable', () => {
  it('shows what cannot be printed as escapes', () => {
    expect(printable('a\nb\rc\td\u0000e\u001b[31m\u202e\u2028\u200b\ufeff')).toBe(
      'a\\nb\\rc\\td\\u{0}e\\u{1b}[31m\\u{202e}\\u{2028}\\u{200b}\\u{feff}',
    );
  });

  it('leaves letters of any script alone', () => {
    const text = 'Zürich, 東京, Київ, العربية "quoted" 🔐';
    expect(printable(text)).toBe(text);
  });

  it('cuts very long text and says how long it was', () => {
    expect(printable('a'.repeat(30), 10)).toBe(`${'a'.repeat(10)}… (30 characters)`);
    expect(printable('a'.repeat(10), 10)).toBe('a'.repeat(10));
    expect(printable('a'.repeat(1_000_000)).length).toBeLessThan(2100);
  });

  it('counts the characters that it was given, not those of their escapes', () => {
    expect(printable('\u202e'.repeat(30), 16)).toBe('\\u{202e}\\u{202e}… (30 characters)');
  });

  it('never leaves half a character, neither of a cut nor of what it was given', () => {
    expect(printable('🔐'.repeat(6), 9)).toBe('🔐🔐🔐🔐… (12 characters)');
    expect(printable('a\ud83d')).toBe('a\ufffd');
  });

  it('changes nothing when it is applied again', () => {
    fc.assert(fc.property(anyText, (text) => printable(printable(text)) === printable(text)));
  });

  it.each(Object.entries(HOSTILE_TEXTS))('makes one printable line of %s', (_, text) => {
    expect(printable(text)).not.toMatch(UNPRINTABLE);
  });
});

describe('withoutAddresses', () => {
  it.each([
    ['alex@example.com may not', '[address] may not'],
    ['ask <alex+a@example.com>, or kim@[192.0.2.1]', 'ask [address] or [address]'],
    ['mailto:Al.Ex@Example.COM', '[address]'],
    ['Sign in @ home, (a+b@)', 'Sign in @ home, [address]'],
    ['@octocat and @org/team', '@octocat and @org/team'],
    ['', ''],
  ])('makes of %j %j', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected);
  });

  it('leaves no word with something before and something behind an @', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(withoutAddresses(`${text}a@b`)).not.toMatch(/\S@\S/);
      }),
    );
  });
});

describe('withoutCommands', () => {
  it.each(Object.entries(HOSTILE_TEXTS))('leaves no command in %s', (_, text) => {
    const line = withoutCommands(text);
    expect(runnerCommands(line)).toEqual([]);
    expect(line).not.toMatch(UNPRINTABLE);
  });

  it('leaves no command in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = withoutCommands(text);
        expect(runnerCommands(line)).toEqual([]);
        expect(line).not.toMatch(UNPRINTABLE);
      }),
    );
  });

  it('changes nothing in a harmless line', () => {
    const line = 'example.com.  IN  TXT  "a::b" [x] # 1.1.1.1 has the record';
    expect(withoutCommands(line)).toBe(line);
  });
});

describe('the parser of runner commands in these tests', () => {
  it.each([
    '::add-mask::x',
    '  ::error file=a.ts::x',
    '\u3000::error::x',
    'fine\r::debug::x',
    'x ##[group]y',
    '::::',
  ])('takes %j as a command, or the tests above would prove nothing', (text) => {
    expect(runnerCommands(text)).toHaveLength(1);
  });
});

/** What a browser makes of the entities again. */
function decoded(markup: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return markup.replaceAll(/&(?:#(\d+)|([a-z]+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? '?') : String.fromCodePoint(Number(code)),
  );
}

describe('html', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror="alert(1)">',
    "' onmouseover='x",
    '&lt;b&gt; &amp; &#60;',
    '| a | b |',
    '`code` ``` fence',
    '**bold** _it_ ~~gone~~ # head + - list',
    '[link](https://evil.example) ![image](https://evil.example/x.png)',
    '@octocat closes #1',
    '$x^2$ $$y$$ {{ x }}',
    '\\<b>',
    '</td></tr></table>',
    'https://evil.example',
  ])('makes nothing of %j but the text itself', (text) => {
    const markup = html(text);
    expect(markup).not.toMatch(/[<>"'|`*_~@[\]()!$\\{}:]/);
    expect(markup.replaceAll(/&(#\d+|[a-z]+);/g, '')).not.toMatch(/[&#]/);
    expect(decoded(markup)).toBe(text);
  });

  it('shows any printable text unchanged once a browser has decoded it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(decoded(html(text))).toBe(printable(text));
      }),
    );
  });

  it.each(Object.entries(HOSTILE_TEXTS))('makes one line of %s', (_, text) => {
    expect(html(text)).not.toMatch(UNPRINTABLE);
  });
});
