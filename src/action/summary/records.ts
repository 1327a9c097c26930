import type { EmailDomain } from '../../domain/email-domain.ts';
import type { DomainResult } from '../../domain/run-result.ts';
import type { Settings } from '../../domain/settings.ts';
import { quotedStrings } from '../../records/zone/presentation-format.ts';
import { fitting } from '../../text/fitting.ts';
import { copyable, folded, type Markup } from './markup.ts';

const MAX_CHARACTERS = 100_000;

/** Every TXT record to publish, once, as lines of a zone file; below it, folded, the same for the DNS tool. */
export function renderRecords(
  sorted: readonly DomainResult[],
  { modes }: Pick<Settings, 'modes'>,
): readonly Markup[] {
  if (modes.includes('disable') || modes.includes('delete')) return [];
  const awaiting = sorted.map(({ domain }) => domain).filter(({ state }) => state === 'awaiting-dns');
  const all = awaiting.flatMap(({ record }) =>
    record === undefined ? [] : [`${record.emailDomain}. IN TXT ${quotedStrings(record.verificationCode)}`],
  );
  if (all.length === 0) return [];
  const records = fitting(all, ({ length }) => length, MAX_CHARACTERS / 2);
  const more = all.length - records.length;
  const rendered = awaiting.flatMap(({ renderedRecord }) => renderedRecord ?? []);
  const forTool = fitting(rendered, ({ length }) => length, MAX_CHARACTERS / 4);
  const title = all.length === 1 ? 'TXT record to publish:' : `${all.length} TXT records to publish:`;
  return [
    title,
    copyable(records.join('\n')),
    ...(more > 0
      ? [`${more} more did not fit here. The output <code>connectors</code> has all of them.`]
      : []),
    ...(forTool.length > 0 ? [folded('The same for your DNS tool', copyable(forTool.join('\n')))] : []),
  ];
}

/** Enough to recognize a code; the list of records has all of it. */
const RECOGNISABLE_DIGITS = 4;

/** An instruction that points to the list of records instead of repeating the record. */
export function pointingBelow(text: string, domain: EmailDomain): string {
  const { record, state } = domain;
  if (record === undefined || state !== 'awaiting-dns') return shortened(text, domain);
  const [value, below] = [`"${record.verificationCode}"`, 'the TXT record below'];
  return text.replaceAll(`${record.emailDomain} TXT ${value}`, below).replaceAll(value, below);
}

/** The text with the domain's verification code cut short: a long word would make its column too wide. */
export function shortened(text: string, { verificationCode }: EmailDomain): string {
  if (verificationCode === undefined) return text;
  const end = verificationCode.indexOf('=') + 1 + RECOGNISABLE_DIGITS;
  if (verificationCode.length <= end) return text;
  return text.replaceAll(verificationCode, () => `${verificationCode.slice(0, end)}…`);
}
