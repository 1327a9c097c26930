/** The structure of a file of Terraform: arguments and blocks (hashicorp/hcl, hclsyntax/spec.md). */
import { printable } from '../../text/untrusted.ts';
import { meaningOf, readExpression } from './expressions.ts';
import type { Attribute, Block, Body } from './syntax.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Reads a file in HCL's native syntax as Terraform and OpenTofu do, but evaluates nothing.
 *
 * @throws {UnreadableTextError} where HCL's own parser would refuse the file
 */
export function parseTerraform(text: string): Body {
  const reader = new TokenReader(text);
  return readBody(reader, () => reader.peek().kind === 'end');
}

function readBody(reader: TokenReader, isAtEnd: () => boolean): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  while (!isAtEnd()) {
    if (reader.peek().kind === 'newline') {
      reader.read();
      continue;
    }
    const { start, text } = reader.expectKind('identifier', 'an argument or a block');
    if (reader.isAt('=')) addAttribute(reader, attributes, readAttribute(reader, { start, text }));
    else blocks.push(readBlock(reader, { start, text }));
    if (reader.peek().kind !== 'end') reader.expectKind('newline', 'a line break');
  }
  return { attributes, blocks };
}

interface Name {
  readonly start: number;
  readonly text: string;
}

function addAttribute(reader: TokenReader, all: Map<string, Attribute>, attribute: Attribute): void {
  if (all.has(attribute.name)) {
    const name = printable(attribute.name, 40);
    throw reader.problem(`the argument ${name} is already set in this block`, attribute.start);
  }
  all.set(attribute.name, attribute);
}

function readAttribute(reader: TokenReader, { start, text }: Name): Attribute {
  reader.expect('=');
  const value = readExpression(reader);
  return { name: text, value, start, end: value.end };
}

function readBlock(reader: TokenReader, { start, text }: Name): Block {
  return reader.nested(() => {
    const labels: string[] = [];
    while (!reader.isAt('{')) labels.push(readLabel(reader));
    const body = readBlockBody(reader, reader.read().start);
    return { type: text, labels, ...body, start, end: reader.lastEnd, lineEnd: reader.peek().start };
  });
}

function readBlockBody(reader: TokenReader, open: number): Body {
  if (reader.peek().kind === 'identifier') {
    // Beside the brace there is room for one argument and nothing else.
    const { start, text } = reader.read();
    const attribute = readAttribute(reader, { start, text });
    reader.expect('}');
    return { attributes: new Map([[attribute.name, attribute]]), blocks: [] };
  }
  if (!reader.isAt('}') && reader.peek().kind !== 'end') reader.expectKind('newline', 'a line break');
  const body = readBody(reader, () => {
    if (reader.peek().kind === 'end') throw reader.problem('this block is never closed', open);
    return reader.isAt('}');
  });
  reader.expect('}');
  return body;
}

function readLabel(reader: TokenReader): string {
  if (reader.peek().kind === 'identifier') return reader.read().text;
  const open = reader.expectKind('open', 'a label or "{"');
  if (open.text !== '"') throw reader.problem('a label cannot be a heredoc', open.start);
  let label = '';
  while (reader.peek().kind === 'literal') label += meaningOf(reader, reader.read());
  reader.expectKind('close', 'the end of the label');
  return label;
}
