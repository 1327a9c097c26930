/** Writes a record so that it looks like the one it stands near. */
import type { Token } from './entries.ts';
import type { ZoneRecord } from './records.ts';

/** The parts of the line; `undefined` is left out. */
export interface LineFields {
  readonly owner: string;
  readonly ttl: string | undefined;
  readonly data: string;
}

const TAB_WIDTH = 8;

/**
 * A TXT record as one line without a line break, its fields in the columns and the order that the neighbour has them
 * in, its class written if the neighbour's is.
 */
export function lineLike(neighbour: ZoneRecord, { owner, ttl, data }: LineFields, text: string): string {
  const { ttlToken, classToken, typeToken, entry } = neighbour;
  const [firstData] = neighbour.data;
  const head = text.slice(entry.start, (firstData ?? typeToken).start);
  const columnOf = (token: Token | undefined) =>
    // Parentheses may have spread it over lines, which then say nothing about columns.
    token === undefined || head.includes('\n') ? 0 : visualWidth(text.slice(entry.start, token.start));
  const timeAndClass = [
    { word: ttl, column: columnOf(ttlToken) },
    { word: classToken?.text, column: columnOf(classToken) },
  ];
  const isClassFirst = (classToken?.start ?? 0) < (ttlToken?.start ?? 0) && classToken !== undefined;
  const fields = [
    ...(isClassFirst ? timeAndClass.toReversed() : timeAndClass),
    { word: 'TXT', column: columnOf(typeToken) },
    { word: data, column: columnOf(firstData) },
  ];
  const usesTabs = head.includes('\t');
  return fields.reduce(
    (line, { word, column }) => (word === undefined ? line : `${padded(line, column, usesTabs)}${word}`),
    owner,
  );
}

function visualWidth(text: string): number {
  return [...text].reduce((width, character) => width + (character === '\t' ? toNextStop(width) : 1), 0);
}

function toNextStop(width: number): number {
  return TAB_WIDTH - (width % TAB_WIDTH);
}

function padded(line: string, column: number, usesTabs: boolean): string {
  const width = visualWidth(line);
  if (width >= column) return `${line}${usesTabs ? '\t' : ' '}`;
  if (!usesTabs || width + toNextStop(width) > column) return `${line}${' '.repeat(column - width)}`;
  return width + toNextStop(width) === column ? `${line}\t` : padded(`${line}\t`, column, usesTabs);
}
