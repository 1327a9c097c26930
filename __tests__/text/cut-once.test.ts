import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createRunnerLog } from '../../src/action/runner-log.ts';
import { cell, code } from '../../src/action/summary/markup.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { openEnvelope } from '../../src/cloudflare/envelope.ts';
import { quote } from '../../src/dns/diagnosis/evidence.ts';
import { ActionError } from '../../src/domain/errors.ts';
import { driftIssueText } from '../../src/github/drift-issue-text.ts';
import { html, printable, withoutCommands } from '../../src/text/untrusted.ts';
import { thrownBy } from '../checks/errors.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { reportOf, sampleDrift } from '../samples/drift.ts';

const LENGTH = 8001;

/** Every number of characters that a text tells; entities of HTML decoded. */
function toldLengths(text: string): readonly number[] {
  const decoded = text.replaceAll('&#40;', '(').replaceAll('&#41;', ')');
  return [...decoded.matchAll(/… \((\d+) characters\)/g)].map(([, count]) => Number(count));
}

/** The message of a refusal by Cloudflare that quotes a text. */
function refusal(text: string): string {
  const call = {
    what: 'read the x',
    request: { method: 'GET', path: '/x' },
    result: v.unknown(),
    permission: 'SSO Connector: Read',
  } as const;
  const body = JSON.stringify({ success: false, errors: [{ code: 1001, message: text }] });
  const open = () => openEnvelope(call, { status: 400, headers: {}, body }, NOON_MS);
  return thrownBy(open, CloudflareApiError).message;
}

const TEXTS = {
  letters: 'a'.repeat(LENGTH),
  'one word of what cannot be printed': '\u202e'.repeat(LENGTH),
  words: 'ab '.repeat(LENGTH / 3),
};

describe.each(Object.entries(TEXTS))('8,001 characters, %s, are cut once and counted truly', (_, text) => {
  const refused = refusal(text);
  const error = new ActionError(`${printable(text)} could not be read.`, { hint: printable(text) });

  it.each<[string, number, () => string | Promise<string>]>([
    ['an error message', 1, () => refused],
    ['a line of the log', 1, () => stdoutOf(() => createRunnerLog().info(text))],
    [
      'a labelled line of the log with an error message',
      1,
      () => stdoutOf(() => createRunnerLog().labelled('example.com').info(`Failed: ${refused}`)),
    ],
    ['a warning', 1, () => stdoutOf(() => createRunnerLog().warning(error.message))],
    [
      'an error annotation with its hint',
      2,
      () => stdoutOf(() => createRunnerLog().errors([{ error, subject: undefined }])),
    ],
    ['a cell of the summary', 1, () => cell(text)],
    ['code in the summary', 1, () => code(text)],
    ['a cell of the drift issue', 1, () => driftIssueText(reportOf([sampleDrift({ actual: text })])).body],
    ['evidence of a diagnosis', 1, () => withoutCommands(printable(`the record is ${quote(text)}`))],
    ['HTML of a text that is already cut', 1, () => html(printable(text))],
  ])('in %s', async (_place, times, shown) => {
    expect(toldLengths(await shown())).toEqual(Array.from({ length: times }, () => LENGTH));
  });
});

describe('two long texts in one line', () => {
  it('are each cut once', () => {
    const line = `${printable('a'.repeat(LENGTH))} could not be rewritten: ${printable('b'.repeat(LENGTH + 1))}`;
    expect(toldLengths(withoutCommands(line))).toEqual([LENGTH, LENGTH + 1]);
  });
});

describe('a message of Cloudflare that is too long', () => {
  it('leaves room for the status behind it', () => {
    expect(refusal('a'.repeat(LENGTH))).toContain('HTTP 400');
  });
});
