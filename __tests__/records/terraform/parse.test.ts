// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { parseTerraform } from '../../../src/records/terraform/parse.ts';
import type { Body, Expression } from '../../../src/records/terraform/syntax.ts';

/** Whether HCL's own parser takes the text. What it refuses later, when it computes values, is no matter of grammar. */
async function isHcl(text: string): Promise<boolean> {
  return parse('main.tf', text).then(
    () => true,
    (error: unknown) => !String(error).includes('parse config'),
  );
}

function isReadable(text: string): boolean {
  try {
    parseTerraform(text);
    return true;
  } catch (error) {
    if (error instanceof UnreadableTextError) return false;
    throw error;
  }
}

/** Texts by what they are about. Which of them are HCL, the real parser says. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  arguments: [
    'a=1',
    'a = 1 b = 2\n',
    'a = \n',
    'a.b = 1\n',
    '"a" = 1\n',
    'a = 1\na = 2\n',
    'a = 1,\n',
    'é-ü = 1\n',
  ],
  blocks: [
    'b {}',
    'b {}c {}\n',
    'b "x" y {}\n',
    'b { c = 1 }\n',
    'b { c = 1, d = 2 }\n',
    'b { c = 1\n}\n',
    'b {\n c = 1 }\n',
    'b { c {} }\n',
    'b\n{\n}\n',
    'b {',
    '}',
    'b "${x}" {}\n',
    'b "a" <<X\nX\n {}\n',
    'b "\\u00e9" {}\n',
    'b = {}\nb {}\n',
    'if {}\n',
  ],
  strings: [
    'a = "x',
    'a = "l1\nl2"\n',
    "a = 'x'\n",
    'a = "\\q"\n',
    'a = "\\u00e9\\U0001F600\\n\\r\\t\\"\\\\"\n',
    'a = "\\u12"\n',
    'a = "\\ud800"\n',
    'a = "\\U00110000"\n',
    'a = "#//*"\n',
    'a = "\u2028"\n',
    'a = "$" # %\n',
    'a = "%$$"\n',
    'a = "x" "y"\n',
  ],
  templates: [
    'a = "${"}"}"\n',
    'a = "${"${"${x}"}"}"\n',
    'a = "$${x} %%{y} $$${z}"\n',
    'a = "${x\n}"\n',
    'a = "${{a = 1}.a}"\n',
    'a = "${x"\n',
    'a = "${}"\n',
    'a = "${~ x ~}"\n',
    'a = "%{if x}y%{else}z%{endif}"\n',
    'a = "%{if x}y%{else}z%{else}w%{endif}"\n',
    'a = "%{for k, v in x ~} ${v} %{~ endfor}"\n',
    'a = "%{if x}%{for y in z}%{endif}%{endfor}"\n',
    'a = "%{if x}"\n',
    'a = "%{endif}"\n',
    'a = "%{while x}%{endwhile}"\n',
    'a = "%{}"\n',
  ],
  heredocs: [
    'a = <<E\nx\nE\n',
    'a = <<E\nx\nE',
    'a = <<E\r\nx\r\nE\r\n',
    'a = <<E\nx\n  E\n',
    'a = <<-E\n  x\n  E\n',
    'a = <<E\nE\n',
    'a = <<E\nEE\nE E\n E\n',
    'a = <<E\n${x}\n$${y}\n"\\q"\nE\n',
    'a = <<E\n${x}E\nE\n',
    'a = <<E\n${<<F\nx\nF\n}\nE\n',
    'a = <<E\n\rE\nE\n',
    'a = <<E x\nE\n',
    'a = [<<E\nx\nE\n, "b"]\n',
    'a = [<<E\nx\nE, "b"]\n',
    'a = << E\nE\n',
  ],
  comments: [
    'a = 1 # x',
    'a = 1 // x\r\nb = 2',
    'a = /* x\n */ 1\n',
    '/* x */ a = 1 /* y */\n',
    '/* /* */ */\n',
    '/* x',
    '# x\\\ny = 1\n',
    'a = [ # ]\n]\n',
  ],
  lists: [
    'a = [\n"x"\n,"y"\n]\n',
    'a = [1 2]\n',
    'a = [,]\n',
    'a = [1,,]\n',
    'a = [1,\n\n]\n',
    'a = [\n',
    'a = [1}\n',
    'a = [for x in y : x if z]\n',
    'a = [for k, v in y : k => v]\n',
    'a = [for x in y : x...]\n',
    'a = [for in y : x]\n',
  ],
  objects: [
    'a = {\n b = 1\n c : 2, "d" = 3\n\n}\n',
    'a = { b = 1 c = 2 }\n',
    'a = { b =\n1 }\n',
    'a = { b = 1\n, }\n',
    'a = { (b) = 1, }\n',
    'a = { for k, v in y : k => v... if z }\n',
    'a = { for k in y : k }\n',
    'a = { for = 1 }\n',
    'a = { "for" = 1 }\n',
    'a = {\nfor k in y : k => 1\n}\n',
  ],
  operators: [
    'a = 1 + -2 * !b\n',
    'a = b ? c : d ? e : f\n',
    'a = b ?\nc : d\n',
    'a = (b\n+\nc)\n',
    'a = b +\nc\n',
    'a = b & c\n',
    'a = ~b\n',
    'a = b;\n',
    'a = b => c\n',
    'a = !\n',
    'a = b ? c\n',
    'a = b == c && d != e || f >= g\n',
  ],
  names: [
    'a = b.c[0].d["e"].*.f[*].g\n',
    'a = b.0.c\n',
    'a = b.0.1\n',
    'a = b.*.c.0.1\n',
    'a = b.*.*\n',
    'a = b[*\n]\n',
    'a = b[\n0\n]\n',
    'a = b\n.c\n',
    'a = b.1e5\n',
    'a = b.\n',
    'a = f(1,\n2,)\n',
    'a = f(b...)\n',
    'a = f(b..., c)\n',
    'a = p::q::f()\n',
    'a = p::q\n',
    'a = f (1)\n',
  ],
  numbers: [
    'a = 1.2.3\n',
    'a = 1e-5\n',
    'a = 1.e5\n',
    'a = 1.5e3.1\n',
    'a = 007\n',
    'a = .5\n',
    'a = 1.\n',
    'a = 1a\n',
  ],
  characters: [
    'a = 1\rb = 2',
    'a\u00a0= 1\n',
    '\u200ba = 1\n',
    'a = 1\u2028',
    'a = 😀\n',
    '\0',
    'a\t=\t1\n',
    '',
    '\n\r\n',
  ],
};

describe('the grammar', () => {
  it.each(Object.entries(TEXTS))("is that of HCL's own parser: %s", async (_, texts) => {
    const verdicts = await Promise.all(texts.map(async (text) => [text, await isHcl(text)]));
    expect(texts.map((text) => [text, isReadable(text)])).toEqual(verdicts);
  });

  it('is that of HCL also in files that somebody broke', async () => {
    const whole = Object.values(TEXTS).flat();
    const pieces = [
      ...'"{}[](),=#~.*\\$%?:-!\n\r E1a',
      '${',
      '%{',
      '/*',
      '*/',
      '<<E\n',
      'E\n',
      '...',
      '$${',
      'for ',
      '::',
    ];
    const damage = fc.record({
      at: fc.nat(),
      removed: fc.nat({ max: 3 }),
      piece: fc.constantFrom('', ...pieces),
    });
    const broken = fc
      .tuple(
        fc.array(fc.constantFrom(...whole), { minLength: 1, maxLength: 3 }),
        fc.array(damage, { maxLength: 3 }),
      )
      .map(([texts, damages]) =>
        damages.reduce((text, { at, removed, piece }) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + piece + text.slice(start + removed);
        }, texts.join('\n')),
      )
      .filter((text) => text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        expect(isReadable(text)).toBe(await isHcl(text));
      }),
      { numRuns: 1500 },
    );
  });
});

/** What hcl2json writes for a body; anything where only Terraform knows the value. */
function asJson({ attributes, blocks }: Body): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, { value }] of attributes) json[name] = jsonValue(value);
  for (const { type, labels, ...body } of blocks) {
    const path = [type, ...labels];
    const last = path.pop() ?? type;
    const level = path.reduce<Record<string, unknown>>((around, label) => {
      const inner = (around[label] ?? {}) as Record<string, unknown>;
      around[label] = inner;
      return inner;
    }, json);
    level[last] = [...((level[last] ?? []) as unknown[]), asJson(body)];
  }
  return json;
}

function jsonValue(value: Expression): unknown {
  if (value.kind === 'text') return value.value;
  return value.kind === 'list' ? value.items.map(jsonValue) : expect.anything();
}

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/).filter((text) => !['for', 'null'].includes(text));
/** A quoted string, as somebody might write it. */
const quoted = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      'é',
      '😀',
      '\\"',
      '\\\\',
      '\\n',
      '\\u00e9',
      '$',
      '%',
      '#',
      '//',
      '{',
      '}',
      ']',
      '=',
    ),
    {
      maxLength: 6,
    },
  )
  // hcl2json escapes the start of a template in some texts and not in others.
  .map((parts) => `"${parts.join('').replaceAll(/[$%]+(?=\{)/g, '')}"`);
const gap = fc.constantFrom('', ' ', ' /* ] */ ');
const lineGap = fc.constantFrom('', '\n', ' # ]"\n', '\n// }\n  ', '\r\n');
const list = fc
  .tuple(fc.array(fc.tuple(lineGap, quoted, gap), { maxLength: 4 }), fc.boolean(), lineGap)
  .map(([items, isOpen, end]) => {
    const inner = items.map(([before, item, after]) => before + item + after).join(',');
    return `[${inner}${isOpen && items.length > 0 ? ',' : ''}${end}]`;
  });
const computed = fc.constantFrom(
  'x.y[0]',
  'f("a", [1])',
  '"${x["}"]}"',
  '<<E\n"]}\nE',
  '{\n a = "}" }',
  '1 + 2',
);
const attribute = fc
  .tuple(word, gap, fc.oneof(quoted, list, computed))
  .map(([name, space, value]) => `${name}${space}= ${value}\n`);
const { body } = fc.letrec<{ body: string; block: string }>((tie) => ({
  body: fc
    .array(fc.oneof({ maxDepth: 3 }, attribute, tie('block')), { maxLength: 5 })
    .map((items) => items.join('')),
  block: fc
    .tuple(word, fc.array(fc.oneof(word, quoted), { maxLength: 2 }), tie('body'))
    .map(([type, labels, inner]) => `b_${[type, ...labels].join(' ')} { # {\n${inner}}\n`),
}));

describe('the structure', () => {
  it('is what HCL reads', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const json = await parse('main.tf', text).catch(() => undefined);
        // An argument that stands twice, and a label that is both a block and a group of blocks.
        fc.pre(json !== undefined);
        count++;
        expect(json).toEqual(asJson(parseTerraform(text)));
      }),
      { numRuns: 400 },
    );
    expect(count).toBeGreaterThan(200);
  });
});

describe('a quoted text', () => {
  it.each([
    ['"$${a} %%{b} $$${c}"', '${a} %{b} $${c}'],
    ['"$ % $$ %% $a"', '$ % $$ %% $a'],
    ['"\\n\\t\\r\\"\\\\"', '\n\t\r"\\'],
    ['"\\u00e9\\U0001f600"', 'é😀'],
    ['""', ''],
  ])('%s means %j', (written, value) => {
    expect(parseTerraform(`a = ${written}`).attributes.get('a')?.value).toMatchObject({
      kind: 'text',
      value,
    });
  });
});

describe('an error', () => {
  it.each([
    ['a = 1\nb = [1 2]\n', 2, 8],
    ['\n\n  a "x', 3, 5],
    ['a = <<E\nx\n', 1, 5],
    ['é = "😀" x\n', 1, 9],
    ['a {\n b = 1\n b = 2\n}\n', 3, 2],
    ['a = "${x"\n', 1, 9],
    ['/* x', 1, 1],
  ])('of %j is where a person looks for it', (text, line, column) => {
    expect(() => parseTerraform(text)).toThrow(
      expect.objectContaining({ name: 'UnreadableTextError', line, column }),
    );
  });

  it.each([
    ['brackets', 'a = ', '['],
    ['blocks', '', 'a {\n'],
    ['conditions', 'a = ', 'b ? c : '],
    ['templates', 'a = ', '"${'],
    ['digits', 'a = ', '1'],
    ['comments', '', '/* '],
  ])('ends a file with endless %s', (_, head, piece) => {
    expect(() => parseTerraform(head + piece.repeat(200_000))).toThrow(UnreadableTextError);
  });
});
