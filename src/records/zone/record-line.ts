/** Writes a record in the style of a neighbouring one. */

import type { Token } from './entries.ts';
import type { ZoneRecord } from './records.ts';

/** The parts of the line. */
export interface LineFields {
  readonly owner: string;
  /** `undefined` to leave it out. */
  readonly ttl: string | undefined;
  readonly data: string;
}

const TAB_WIDTH = 8;

/**
 * A TXT record as one line, without a line break. Its fields have the order and the columns of the neighbour's, and it
 * states its class if the neighbour does.
 *
 * @param text the zone file that the neighbour is from
 */
export function lineLike(neighbour: ZoneRecord, { owner, ttl, data }: LineFields, text: string): string {
  const { ttlToken, classToken, typeToken, entry } = neighbour;
  const [firstData] = neighbour.data;
  const head = text.slice(entry.start, (firstData ?? typeToken).start);
  const columnOf = (token: Token | undefined) =>
    // A neighbour spread over several lines by parentheses says nothing about columns.
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
