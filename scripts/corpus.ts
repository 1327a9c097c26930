/**
 * Writes the record into every zone file and octoDNS file below some folders, and lets the programs that people use
 * compare before and after: `npm run test:corpus -- FOLDER…`. Right is: exactly one record more and a later serial; or
 * untouched, with line and column of what was refused. A second run must change nothing. The folders stay as they are.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { argv } from 'node:process';
import type { RecordFormatName } from '../src/domain/sso-record.ts';
import { bindJudge } from './corpus/bind-judge.ts';
import { type Examined, examine } from './corpus/examine.ts';
import type { Judge } from './corpus/judge.ts';
import { octodnsJudge } from './corpus/octodns-judge.ts';

/** Larger files are dumps and media. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A file of the corpus that has something to do with records. */
interface Candidate {
  readonly file: string;
  readonly format: RecordFormatName;
}

/** Files that can be zones: by their content, since zone files may have any name. */
function candidatesIn(folder: string): readonly Candidate[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.sort().flatMap((path): Candidate[] => {
    if (statSync(path).size > MAX_BYTES) return [];
    const [file, text] = [relative(folder, path), readFileSync(path, 'latin1')];
    if (/\.ya?ml$/i.test(path)) return [{ file, format: 'octodns' }];
    return /^(?!\s*[;#/*])[^\n]*\bSOA\b/im.test(text) && !text.includes('\0')
      ? [{ file, format: 'bind' }]
      : [];
  });
}

async function examineFolder(
  folder: string,
  judges: Readonly<Partial<Record<RecordFormatName, Judge>>>,
): Promise<readonly (Examined & Candidate)[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    // As a whole, for what the files include. What version control keeps is nobody's zone.
    cpSync(resolve(folder), workspace, {
      recursive: true,
      filter: (path) => !/[/\\]\.git(hub)?$/.test(path),
    });
    const all: (Examined & Candidate)[] = [];
    for (const candidate of candidatesIn(workspace)) {
      const judge = judges[candidate.format];
      if (judge === undefined) continue;
      const examined = await examine({ workspace, ...candidate }, judge);
      all.push(...examined.map((one) => ({ ...one, ...candidate })));
    }
    return all;
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

/** Prints the figures of one format, and returns how many writings were wrong. */
function report(all: readonly (Examined & Candidate)[], format: RecordFormatName, judge: string): number {
  const examined = all.filter((one) => one.format === format);
  const ended = Object.groupBy(examined, ({ outcome }) => outcome.kind);
  const { added = [], refused = [], wrong = [], 'not-judged': notJudged = [] } = ended;
  console.log(
    `\n${format}: ${countFiles(examined)} files, ${countFiles(notJudged)} of them not loaded by ${judge}`,
  );
  console.log(`  ${added.length} records added, ${refused.length} refused, ${wrong.length} wrong`);
  for (const [reason, ones] of byReason(refused)) {
    console.log(
      `  refused ${ones.length} times: ${reason}, as in ${ones[0]?.file} for ${ones[0]?.emailDomain}`,
    );
  }
  for (const { file, emailDomain, outcome } of wrong) {
    console.log(`  WRONG ${file} for ${emailDomain}: ${outcome.kind === 'wrong' ? outcome.why : ''}`);
  }
  return wrong.length;
}

function countFiles(of: readonly Candidate[]): number {
  return new Set(of.map(({ file }) => file)).size;
}

/** The most frequent reason first. */
function byReason(refused: readonly Examined[]): readonly (readonly [string, readonly Examined[]])[] {
  const reasons = Map.groupBy(refused, ({ outcome }) => (outcome.kind === 'refused' ? outcome.reason : ''));
  return [...reasons].toSorted(([, a], [, b]) => b.length - a.length);
}

const folders = argv.slice(2);
if (folders.length === 0) throw new Error('usage: npm run test:corpus -- FOLDER…');
using octodns = octodnsJudge();
const judges = { bind: bindJudge(), octodns };
const examined: (Examined & Candidate)[] = [];
for (const folder of folders) {
  for (const one of await examineFolder(folder, judges))
    examined.push({ ...one, file: join(folder, one.file) });
}
const wrong = report(examined, 'bind', judges.bind.name) + report(examined, 'octodns', judges.octodns.name);
const judged = examined.filter(({ outcome }) => outcome.kind !== 'not-judged').length;
// A corpus of nothing proves nothing.
if (wrong > 0 || judged === 0) process.exitCode = 1;
console.log(`\n${judged - wrong} passed, ${wrong} failed`);
