import type { SsoRecord } from '../../domain/sso-record.ts';
import { UnreadableTextError } from '../format/record-format.ts';
import { lineEnd } from '../format/text-edits.ts';

/** A kind of file that holds nothing but what this action writes into it. */
export interface OwnFile {
  /** What starts a comment that ends with its line. */
  readonly comment: '#' | '//';
  /** The lines of a new file before its first region, without the comment sign; the first is what it is known by. */
  readonly header: readonly string[];
  /** What to do about a file of somebody else's, as a sentence of its own. */
  readonly hint: string;
  /** The statements for one record, whole lines. */
  render(record: SsoRecord): string;
}

/** The place of a domain in the file: the lines from `begin` to `end`, counted from 0, markers included. */
interface Region {
  readonly domain: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * The text of an own file with the region of the record's domain in it, new or in place of the old one. Every other
 * line stays, so the regions of other domains do, and comments between them. A blank file counts as none.
 *
 * @throws {UnreadableTextError} when the first line is not the action's, or the markers of the regions do not pair up
 */
export function mergeOwnFile(file: OwnFile, current: string | undefined, record: SsoRecord): string {
  const region = [
    `${file.comment} begin ${record.emailDomain}`,
    ...file.render(record).trimEnd().split('\n'),
    `${file.comment} end ${record.emailDomain}`,
  ];
  if (current === undefined || current.trim() === '') {
    const header = file.header.map((line) => `${file.comment} ${line}`);
    return [...header, '', ...region, ''].join('\n');
  }
  const lines = current.split(/\r?\n/);
  if (lines[0] !== `${file.comment} ${file.header[0]}`) {
    throw new UnreadableTextError('the file was not made by this action', { line: 1, column: 1 }, file.hint);
  }
  const old = findRegions(lines, file.comment).find(({ domain }) => domain === record.emailDomain);
  if (old === undefined) return withRegionAtEnd(current, region);
  if (lines.slice(old.begin, old.end + 1).join('\n') === region.join('\n')) return current;
  return lines.toSpliced(old.begin, old.end - old.begin + 1, ...region).join(lineEnd(current));
}

function withRegionAtEnd(current: string, region: readonly string[]): string {
  const newline = lineEnd(current);
  const ended = current.endsWith('\n') ? current : current + newline;
  return `${ended}${newline}${region.join(newline)}${newline}`;
}

function findRegions(lines: readonly string[], comment: string): readonly Region[] {
  const regions: Region[] = [];
  let open: Omit<Region, 'end'> | undefined;
  for (const [index, line] of lines.entries()) {
    const [sign, word, domain = '', ...rest] = line.split(' ');
    if (sign !== comment || rest.length > 0 || (word !== 'begin' && word !== 'end')) continue;
    const isPaired = word === 'end' ? open?.domain === domain : open === undefined;
    if (!isPaired) throw unpaired(line, index);
    if (open === undefined) {
      if (regions.some((region) => region.domain === domain)) throw unpaired(line, index);
      open = { domain, begin: index };
    } else {
      regions.push({ ...open, end: index });
      open = undefined;
    }
  }
  if (open !== undefined) throw unpaired(`${comment} begin ${open.domain}`, open.begin);
  return regions;
}

function unpaired(marker: string, index: number): UnreadableTextError {
  return new UnreadableTextError(
    `the line "${marker}" has no partner or comes twice`,
    { line: index + 1, column: 1 },
    'Put the lines "begin" and "end" back around the domain, or delete the file and let the action write it anew.',
  );
}
