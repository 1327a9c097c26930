import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_EMAIL_DOMAINS, type Drift } from '../../src/domain/drift.ts';
import {
  changedComment,
  driftIssueText,
  driftMarker,
  goneComment,
  reopenedComment,
} from '../../src/github/drift-issue-text.ts';
import { startWorld } from '../fakes/drift-world.ts';
import { DRIFT, MARKER, NOT_CHECKED, OTHER_DRIFT, reportOf, sampleDrift } from '../samples/drift.ts';
import { HOSTILE_TEXTS, UNPRINTABLE } from '../samples/hostile-text.ts';

/** What GitHub would make more than text of. */
const MARKUP: Readonly<Record<string, string>> = {
  'a mention': '@octocat and @octo-org/team',
  'an issue': 'fixes #1, GH-2, octo-org/sso#3',
  'a commit': 'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'an address': 'https://evil.example and www.evil.example and me@evil.example',
  'a link and an image': '[x](https://evil.example) ![x](https://evil.example/x.png)',
  HTML: '</code></td></tr></table><img src=x onerror=alert(1)><!-- ',
  'an end of the table': '\n\n@octocat\n\n',
  'a cell': '| a | b |',
  code: '` ``` ~~~',
  'the marker of another account': driftMarker('f'.repeat(32)),
  'half a character': 'a\ud83d',
};

function filledWith(text: string): Drift {
  return sampleDrift({ email_domain: text, expected: text, actual: text, remedy: text });
}

/** What is left of a body when the elements that this action writes are taken away, untrusted text in code elements. */
function outsideOfCode(body: string): string {
  return body.replaceAll(/<code>[^<>]*<\/code>/g, '').replaceAll(/<\/?(table|tr|th|td|p)>/g, '');
}

const PLAIN = outsideOfCode(driftIssueText(DRIFT).body);

describe('text of unknown origin', () => {
  it.each(Object.entries({ ...HOSTILE_TEXTS, ...MARKUP }))('stays text: %s', async (_, text) => {
    await using world = await startWorld();
    const report = reportOf([filledWith(text)]);
    await world.keep(report);
    const issue = world.api.issues.find(1);
    expect(issue?.title).toContain('1 email domain');
    const body = issue?.body ?? '';
    expect(body.isWellFormed()).toBe(true);
    expect(outsideOfCode(body)).toBe(PLAIN);
    expect(body.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    const cells = [...body.matchAll(/<code>([^<>]*)<\/code>/g)].map(([, cell]) => cell);
    expect(cells).toHaveLength(5);
    for (const cell of cells) expect(cell).not.toMatch(/[@|`[\]():]/);
    // What is sent comes back as the same text, or every run would find a change.
    expect(await world.keep(report)).toMatchObject({ action: 'none' });
  });

  it('stays in its code element, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const { body } = driftIssueText(reportOf([filledWith(text)]));
        expect(outsideOfCode(body)).toBe(PLAIN);
        expect(body.isWellFormed()).toBe(true);
      }),
    );
  });

  it('stays text where it stands in what was not checked', () => {
    for (const permission of [...Object.values(HOSTILE_TEXTS), ...Object.values(MARKUP)]) {
      const notChecked = [{ kind: 'token-expires', permission }] as const;
      const { body } = driftIssueText(reportOf([sampleDrift()], [], notChecked));
      const rest = outsideOfCode(body).replace('\nNot checked: \n', '');
      expect(rest).toBe(PLAIN);
      const comment = goneComment(reportOf([], [], notChecked), undefined);
      expect(outsideOfCode(comment)).toMatch(/^The drift is gone[^@#<>`]*Not checked: $/);
    }
  });

  it('in the account ID does not end the marker', () => {
    expect(driftMarker('a --> b\n')).toBe(
      '<!-- cloudflare-dashboard-sso-connector:drift:a%20--%3E%20b%0A -->',
    );
  });
});

describe('the body', () => {
  it('begins with the marker and has a row for each difference', () => {
    const { title, body } = driftIssueText(OTHER_DRIFT);
    expect(title).toContain('2 email domains');
    expect(body.split('\n')[0]).toBe(MARKER);
    expect(body).toContain(
      '<tr><td><code>example.org</code></td><td><code>not-enabled</code></td><td><code>enabled</code></td>' +
        '<td><code>disabled</code></td><td><code>Run mode enable.</code></td></tr>',
    );
    expect(body.match(/<tr>/g)).toHaveLength(3);
  });

  it('counts email domains in its title, not differences', () => {
    const report = reportOf([sampleDrift(), sampleDrift({ kind: 'fedramp-language' })]);
    expect(driftIssueText(report).title).toMatch(/in 1 email domain$/);
  });

  it.each([
    ['the account', [], 'the account'],
    ['the account and one email domain', ['a.example'], '1 email domain and the account'],
    ['the account and two', ['a.example', 'b.example'], '2 email domains and the account'],
  ])('does not count %s as one more email domain', (_, names, said) => {
    const kinds = ['nobody-outside', 'token-expires'] as const;
    const ofAccount = kinds.map((kind) => sampleDrift({ kind, email_domain: ALL_EMAIL_DOMAINS }));
    const report = reportOf([...names.map((name) => sampleDrift({ email_domain: name })), ...ofAccount]);
    expect(driftIssueText(report).title.split(': ')[1]).toBe(`drift in ${said}`);
    for (const comment of [changedComment(report, undefined), reopenedComment(report, undefined)])
      expect(comment).toContain(` ${said}.`);
  });

  it('names what nobody looked for, with the permission that it needs', () => {
    const { body } = driftIssueText(reportOf([sampleDrift()], [], NOT_CHECKED));
    const [paragraph = ''] = /<p>Not checked: .*<\/p>/.exec(body) ?? [];
    expect(paragraph).toMatch(
      /<code>nobody-outside .*Account Settings.*Read.*<\/code>, <code>token-expires<\/code>/,
    );
    expect(driftIssueText(DRIFT).body).not.toContain('Not checked');
  });

  it('names what could not be compared and what nobody looked for apart', () => {
    const { body } = driftIssueText(reportOf([sampleDrift()], ['c.example'], NOT_CHECKED));
    expect(body).toMatch(/Not compared: <code>c.example<\/code><\/p>\n\n<p>Not checked: /);
  });

  it.each([
    ['usual texts', (index: number) => sampleDrift({ email_domain: `d${index}.example` })],
    ['long texts of which every character is escaped', () => filledWith('\u202e`'.repeat(5000))],
  ])('with a thousand differences is within the limit of GitHub: %s', (_, drift) => {
    const failed = Array.from({ length: 1000 }, () => '`'.repeat(1000));
    const { body } = driftIssueText(
      reportOf(
        Array.from({ length: 1000 }, (_, index) => drift(index)),
        failed,
      ),
    );
    expect(body.length).toBeLessThan(65_536);
    const rows = (body.match(/<tr>/g)?.length ?? 0) - 1;
    expect(rows).toBeGreaterThan(1);
    expect(body).toMatch(new RegExp(`${1000 - rows} more.*drift-report`));
    expect(body).toContain('and 990 more</p>');
  });
});
