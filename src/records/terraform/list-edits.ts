import { insertAt, lineBreakOf, lineStart, type TextEdit } from '../format/text-edits.ts';
import type { Block, ListExpression } from './syntax.ts';

/** The white space at the start of the line that has an offset in it. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** One step of indentation: a tab where tabs are used, else the two spaces of `terraform fmt`. */
export function indentStep(indent: string): string {
  return indent.includes('\t') ? '\t' : '  ';
}

/** Adds an item to a list in the list's own style: on the last line, or on a line of its own if the bracket is on one. */
export function addItem(text: string, list: ListExpression, item: string): readonly TextEdit[] {
  const last = list.items.at(-1);
  const [first] = list.items;
  if (last === undefined || first === undefined) return [fillEmpty(text, list, item)];
  // Nothing but a line break can follow the end of a heredoc.
  if (last.kind === 'heredoc') return [insertAt(first.start, `${item},${before(text, list, first.start)}`)];
  if (list.lineBreak === undefined) return [insertAt(last.end, `${separator(text, list)}${item}`)];
  const isBesideBracket = lineStart(text, last.start) === lineStart(text, list.start);
  const outer = indentAt(text, last.start);
  const indent = isBesideBracket ? outer + indentStep(outer) : outer;
  const isOpen = list.afterLastComma === undefined;
  const line = insertAt(list.lineBreak, `${lineBreakOf(text)}${indent}${item}${isOpen ? '' : ','}`);
  // At the same place, the later edit comes first.
  return isOpen ? [line, addComma(text, last.end)] : [line];
}

/** A comma after the last item. A comment behind it stays in its column if there is room. */
function addComma(text: string, end: number): TextEdit {
  const hasRoom = /^ {2,}(?:#|\/\/|\/\*)/.test(text.slice(end, end + 200));
  return { start: end, end: hasRoom ? end + 1 : end, text: ',' };
}

function fillEmpty(text: string, list: ListExpression, item: string): TextEdit {
  if (list.lineBreak === undefined) return insertAt(list.end - 1, item);
  const outer = indentAt(text, list.start);
  const indent = outer + indentStep(outer);
  return insertAt(list.lineBreak, `${lineBreakOf(text)}${indent}${item},`);
}

/** What stands between the last two items of a list, if that is nothing but a comma and spaces. */
function separator(text: string, { items }: ListExpression): string {
  const [previous, last] = items.slice(-2);
  const between = previous && last ? text.slice(previous.end, last.start) : '';
  return /^,[ \t]*$/.test(between) ? between : ', ';
}

/** What stands before the first item of a list, or a space if that is nothing but spaces. */
function before(text: string, list: ListExpression, first: number): string {
  const isOnLineOfBracket = lineStart(text, first) === lineStart(text, list.start);
  return isOnLineOfBracket ? ' ' : `${lineBreakOf(text)}${indentAt(text, first)}`;
}

/** Adds a block with one argument behind a block like it, on one line or on three, as that block is. */
export function addBlockLike(text: string, sibling: Block, value: string): TextEdit {
  const newline = lineBreakOf(text);
  const indent = indentAt(text, sibling.start);
  const [argument] = sibling.attributes.values();
  const shown = `${argument?.name} = ${value}`;
  const isOneLine = !text.slice(sibling.start, sibling.end).includes('\n');
  const inner = isOneLine || argument === undefined ? '' : indentAt(text, argument.start);
  const body = isOneLine ? ` ${shown} ` : `${newline}${inner}${shown}${newline}${indent}`;
  return insertAt(sibling.lineEnd, `${newline}${indent}${sibling.type} {${body}}`);
}
