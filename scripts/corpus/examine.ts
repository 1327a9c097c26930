import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEmailDomain } from '../../src/domain/email-domain-name.ts';
import type { RecordFormatName } from '../../src/domain/sso-record.ts';
import { faultOf, type Judge, type Reading } from './judge.ts';
import { type Wanted, type Written, writeInto } from './write-into.ts';

/** How writing the record into one file ended. */
export type Outcome =
  | { readonly kind: 'added' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The judge does not load the file, so all that counts is that a refusal leaves it alone. */
  | { readonly kind: 'not-judged'; readonly written: Written['kind'] }
  | { readonly kind: 'wrong'; readonly why: string };

/** An outcome, and what it is about. */
export interface Examined {
  readonly file: string;
  readonly emailDomain: string;
  readonly outcome: Outcome;
}

const CODE = 'cloudflare_dashboard_sso=0123456789abcdef0123456789abcdef';
/** Neither a corpus nor a wildcard's owner has it. */
const LABEL = 'sso-corpus';

/** Writes the record for the zone of a file, and for a name below it, and puts the file back as it was. */
export async function examine(
  { workspace, file, format }: Pick<Wanted, 'workspace' | 'file' | 'format'>,
  judge: Judge,
): Promise<readonly Examined[]> {
  const path = join(workspace, file);
  const original = readFileSync(path);
  const before = await judge.read(path);
  const examined: Examined[] = [];
  for (const emailDomain of emailDomains(before?.zone, format)) {
    try {
      const wanted = { workspace, file, format, emailDomain, code: CODE };
      examined.push({ file, emailDomain, outcome: await outcomeOf(wanted, original, before, judge) });
    } finally {
      writeFileSync(path, original);
    }
  }
  return examined;
}

/** The zone itself, unless that is no email domain, and a name below it. */
function emailDomains(zone: string | undefined, format: RecordFormatName): readonly string[] {
  if (zone === undefined) return ['example.com'];
  const below = zone === '.' ? `${LABEL}.example` : `${LABEL}.${zone}`;
  const names = format === 'octodns' && zone === 'example.com' ? [zone] : [zone, below];
  return names.flatMap((name) => {
    const parsed = parseEmailDomain(name);
    return parsed.ok ? [parsed.domain] : [];
  });
}

async function outcomeOf(
  wanted: Wanted,
  original: Buffer,
  before: Reading | undefined,
  judge: Judge,
): Promise<Outcome> {
  const path = join(wanted.workspace, wanted.file);
  const first = await writeInto(wanted);
  const written = readFileSync(path);
  if (first.kind === 'refused') {
    if (!written.equals(original)) return { kind: 'wrong', why: `refused, and changed: ${first.message}` };
    const [, reason] = /:\d+:\d+: (.*?)\. Nothing was written\.$/s.exec(first.message) ?? [];
    if (reason === undefined) return { kind: 'wrong', why: `refused without a place: ${first.message}` };
    if (before === undefined) return { kind: 'not-judged', written: first.kind };
    return { kind: 'refused', reason: generalized(reason) };
  }
  const second = await writeInto(wanted);
  if (second.kind !== 'unchanged' || !readFileSync(path).equals(written)) {
    return {
      kind: 'wrong',
      why: `a second run: ${second.kind === 'refused' ? second.message : second.kind}`,
    };
  }
  if (before === undefined) return { kind: 'not-judged', written: first.kind };
  const why = faultOf(before, await judge.read(path), wanted);
  return why === undefined ? { kind: 'added' } : { kind: 'wrong', why };
}

/** The reason without names and numbers, so that like ones can be counted. */
function generalized(reason: string): string {
  return reason
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/(?<=zone )\S+|\b[\w*-]+(\.[\w*-]+)+\.?/g, '…')
    .replaceAll(/\d+/g, 'N')
    .replaceAll(/…( …)+/g, '…');
}
