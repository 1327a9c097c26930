import type { SsoRecord } from '../../domain/sso-record.ts';
import { lineBreakOf } from '../format/text-edits.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/** A kind of file in which everything is written by this action. */
export interface OwnFile {
  /** What starts a line comment. */
  readonly comment: '#' | '//';
  /** The lines at the top of a new file, without the comment sign. The first one identifies the file: never change it. */
  readonly header: readonly string[];
  /** How lines of the header began in earlier versions, and what stands there now. */
  readonly formerHeader?: readonly (readonly [string, string])[];
  /** What to do if the file is not the action's, as a full sentence. */
  readonly hint: string;
  /**
   * The statements for one record, as whole lines.
   *
   * @param around the other lines of the file
   */
  render(record: SsoRecord, around: string): string;
}

/** The lines of one domain in the file, from its `begin` marker to its `end` marker, counted from 0. */
interface Region {
  readonly domain: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * Adds the region of the record's domain to the text of such a file, or replaces it. All other lines stay: the regions of
 * other domains, and whatever is between them. A blank file counts as a missing one.
 *
 * @throws {UnreadableTextError} if the first line is not the action's, or a marker is missing or appears twice
 */
export function mergeOwnFile(file: OwnFile, current: string | undefined, record: SsoRecord): string {
  if (current === undefined || current.trim() === '') {
    const header = file.header.map((line) => `${file.comment} ${line}`);
    return [...header, '', ...regionOf(file, record, ''), ''].join('\n');
  }
  const lines = current.split(/\r?\n/);
  if (lines[0] !== `${file.comment} ${file.header[0]}`) {
    throw new UnreadableTextError(
      'this action did not create this file',
      { text: current, offset: 0 },
      file.hint,
    );
  }
  const text = withHeader(file, current);
  const old = findRegions(text, file.comment).find(({ domain }) => domain === record.emailDomain);
  if (old === undefined) return withRegionAtEnd(text, regionOf(file, record, text));
  const linesNow = text.split(/\r?\n/);
  const [before, behind] = [linesNow.slice(0, old.begin), linesNow.slice(old.end + 1)];
  const region = regionOf(file, record, [...before, ...behind].join('\n'));
  if (linesNow.slice(old.begin, old.end + 1).join('\n') === region.join('\n')) return text;
  return [...before, ...region, ...behind].join(lineBreakOf(text));
}

function withRegionAtEnd(current: string, region: readonly string[]): string {
  const newline = lineBreakOf(current);
  const ended = current.endsWith('\n') ? current : current + newline;
  return `${ended}${newline}${region.join(newline)}${newline}`;
}

function regionOf(file: OwnFile, record: SsoRecord, around: string): readonly string[] {
  return [
    `${file.comment} begin ${record.emailDomain}`,
    ...file.render(record, around).trimEnd().split('\n'),
    `${file.comment} end ${record.emailDomain}`,
  ];
}

/** The text with its header as it is now, where an earlier version of the action wrote it. */
function withHeader({ comment, formerHeader = [] }: OwnFile, text: string): string {
  return formerHeader.reduce((current, [start, now]) => {
    const at = current.indexOf(`\n${comment} ${start}`) + 1;
    if (at === 0) return current;
    const [line = ''] = current.slice(at).split(/\r?\n/, 1);
    return `${current.slice(0, at)}${comment} ${now}${current.slice(at + line.length)}`;
  }, text);
}

function findRegions(text: string, comment: string): readonly Region[] {
  const regions: Region[] = [];
  let open: Omit<Region, 'end'> | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [sign, word, domain = '', ...rest] = line.split(' ');
    if (sign !== comment || rest.length > 0 || (word !== 'begin' && word !== 'end')) continue;
    const isExpected = word === 'end' ? open?.domain === domain : open === undefined;
    if (!isExpected) throw oddMarker(text, line, index);
    if (open === undefined) {
      if (regions.some((region) => region.domain === domain)) throw oddMarker(text, line, index);
      open = { domain, begin: index };
    } else {
      regions.push({ ...open, end: index });
      open = undefined;
    }
  }
  if (open !== undefined) throw oddMarker(text, `${comment} begin ${open.domain}`, open.begin);
  return regions;
}

function oddMarker(text: string, marker: string, lineIndex: number): UnreadableTextError {
  let offset = 0;
  for (let line = 0; line < lineIndex; line++) offset = text.indexOf('\n', offset) + 1;
  return new UnreadableTextError(
    `the line "${marker}" has no matching line or appears twice`,
    { text, offset },
    'Put the "begin" and "end" lines back around the domain, or delete the file and let the action write it again.',
  );
}
