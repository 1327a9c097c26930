import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { renderSummary as renderRun, writeSummary as writeRun } from '../../src/action/summary/summary.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { DomainResult } from '../../src/domain/run-result.ts';
import { html } from '../../src/text/untrusted.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { HOSTILE_TEXTS } from '../samples/hostile-text.ts';
import {
  CODE,
  CONNECTOR_ID,
  FINDING,
  type SampleDomain,
  sampleConnector,
  sampleDomain,
  sampleReport,
} from '../samples/results.ts';

function result(sample: SampleDomain, failure?: ActionError): DomainResult {
  return { domain: sampleDomain(sample), failure };
}

const waiting = result({ connector: sampleConnector(), verificationCode: CODE });
const enabled = result({
  name: 'b.example',
  connector: sampleConnector({ enabled: true, emailDomain: 'b.example' }),
  verificationCode: CODE,
});

const SETTINGS: Parameters<typeof renderRun>[1] = { modes: ['create'], dryRun: false };
const render = (run: Parameters<typeof renderRun>[0], settings = SETTINGS) => renderRun(run, settings);
const writeSummary = (run: Parameters<typeof writeRun>[0]) => writeRun(run, SETTINGS);
const renderSummary = (domains: readonly DomainResult[]) =>
  render({ domains, drift: undefined, driftIssueUrl: undefined });

/** The tags of some HTML, without what stands between them, and without the code elements around single words. */
function tagsIn(markup: string): readonly string[] {
  return markup.match(/<(?!\/?code>)[^>]*>/g) ?? [];
}

/** What GitHub looks through for mentions, references and addresses: all text that is not code, entities decoded. */
function proseIn(markup: string): string {
  return markup
    .replaceAll(/<code>[^<]*<\/code>/g, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)));
}

describe('renderSummary', () => {
  it('has a row per domain with the connector, the state and the next step', () => {
    const markup = renderSummary([waiting, enabled]);
    expect(markup.match(/<tr>/g)).toHaveLength(3);
    expect(markup).toContain(
      `<td><b>example.com</b></td><td><code>${CONNECTOR_ID}</code></td><td>🟡&nbsp;awaiting-dns</td>`,
    );
    expect(markup).toContain('<td><b>b.example</b></td>');
    expect(markup).toContain('<td>✅&nbsp;enabled</td>');
  });

  const verified = result({ connector: sampleConnector({ verificationStatus: 'verified' }) });
  it.each([
    ['disable', verified, 'before anybody runs mode enable again'],
    ['delete', result({ sight: 'absent' }), 'the TXT record can go too'],
    ['publish-dns', waiting, '<td>Run wait&#45;for&#45;dns and enable.'],
  ] as const)('after %s names the step that comes after it', (mode, domain, nextStep) => {
    const of = { domains: [domain], drift: undefined, driftIssueUrl: undefined };
    const markup = render(of, { modes: [mode], dryRun: false });
    expect(markup.replaceAll('-', '&#45;')).toContain(nextStep.replaceAll('-', '&#45;'));
    expect(markup).not.toContain('dry run');
    expect(render(of, { modes: [mode], dryRun: true })).toContain('SSO (dry run: nothing was changed)');
  });

  it('shows the record to publish where it is missing, and nowhere else', () => {
    const markup = renderSummary([waiting, enabled]);
    expect(markup.match(/<pre>/g)).toHaveLength(1);
    expect(markup).toContain(`<b>example.com</b>`);
    expect(markup).toContain(html(CODE));
    expect(renderSummary([enabled])).not.toContain('<pre>');
  });

  it('says why the work on a domain failed', () => {
    const markup = renderSummary([
      result({}, new ActionError('Cloudflare refused.', { hint: 'Ask again.' })),
    ]);
    expect(markup).toContain('<td>Cloudflare refused.</td><td>Ask again.</td>');
    expect(markup).toContain('<td>❌&nbsp;unknown</td>');
  });

  it('has no empty line inside a table, where Markdown would begin again', () => {
    const markup = renderSummary([waiting, waiting, enabled]);
    expect(markup.slice(markup.indexOf('<table>'), markup.indexOf('</table>'))).not.toMatch(/\n\s*\n/);
  });

  it('is short when all is well', () => {
    const markup = renderSummary([enabled]);
    expect(markup.split('\n')).toHaveLength(6);
    expect(markup).not.toContain('<details>');
  });

  it('puts what failed first, then what waits for somebody, then what is done', () => {
    const failed = result({ name: 'z.example' }, new ActionError('x'));
    const markup = renderSummary([enabled, waiting, failed]);
    const places = ['z.example', 'example.com', 'b.example'].map((name) => markup.indexOf(`<b>${name}</b>`));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it('tells of each server when it saw the record, and draws a wait that took long', () => {
    const startMs = Date.parse(sampleReport().started_at);
    const seen_at = new Date(startMs + 42_000).toISOString();
    const [first, second] = sampleReport().servers;
    const servers = [first, second].flatMap((one) => (one === undefined ? [] : [{ ...one, seen_at }]));
    const dns = sampleReport({ servers });
    const markup = renderSummary([result({ verificationCode: CODE, dns })]);
    expect(markup).toContain('<td>after 42s</td>');
    expect(markup).toContain('2 of 2 have the record');
    const chart = /```mermaid\n(?<lines>.*?)\n```/s.exec(markup)?.groups?.['lines']?.split('\n');
    expect(chart?.slice(1)).toEqual([
      'gantt',
      'dateFormat x',
      'axisFormat %H:%M:%S',
      'section ns1.example.com (192.0.2.53)',
      `without :done, ${startMs}, ${startMs + 42_000}`,
      `has it :active, ${startMs + 42_000}, ${startMs + 60_000}`,
      'section cloudflare',
      `has it :active, ${startMs + 42_000}, ${startMs + 60_000}`,
    ]);
  });

  it('draws no line that a server name could have made', () => {
    const [first] = sampleReport().servers;
    const hostile = Object.values(HOSTILE_TEXTS).join('\n```\n%%{init: {}}%%\nclick x "javascript:x"\n');
    const servers = first === undefined ? [] : [{ ...first, server: hostile }];
    const markup = renderSummary([result({ verificationCode: CODE, dns: sampleReport({ servers }) })]);
    expect(markup.match(/```/g)).toHaveLength(2);
    const chart = /```mermaid\n(?<lines>.*?)\n```/s.exec(markup)?.groups?.['lines']?.split('\n') ?? [];
    expect(chart).toHaveLength(6);
    expect(chart.at(-2)).toMatch(/^section [\w .()[\]/-]{1,60}$/);
  });

  it('names each cause with what to do, and the same record for the DNS tool', () => {
    const dns = sampleReport({ visible: false });
    const markup = renderSummary([
      result({ verificationCode: CODE, dns, renderRecord: () => 'line one\nline two' }),
    ]);
    expect(markup).toContain(
      `<td><code>${FINDING.cause}</code></td><td>${FINDING.evidence}</td><td>${FINDING.remedy}</td>`,
    );
    expect(markup).toContain('line one&#10;line two');
  });

  it('shows the drift first, each difference with what was declared, and the issue about it', () => {
    const difference = {
      kind: 'not-enabled',
      email_domain: 'example.com',
      expected: 'enabled',
      actual: 'the connector is disabled',
      remedy: 'Find out why.',
    } as const;
    const drift = {
      drift: true,
      account_id: '',
      checked: ['example.com'],
      failed: [],
      differences: [difference],
    };
    const markup = render({ domains: [enabled], drift, driftIssueUrl: 'https://github.com/o/r/issues/1' });
    expect(markup).toContain('Drift: 1 difference from what is declared, in 1 email domain.');
    expect(markup).toContain(
      '<td><code>not-enabled</code></td><td>enabled</td><td>the connector is disabled</td>',
    );
    expect(markup.indexOf('not-enabled')).toBeLessThan(markup.indexOf('b.example'));
    const quiet = render({
      domains: [enabled],
      drift: { ...drift, drift: false, differences: [], failed: ['c.example'] },
      driftIssueUrl: undefined,
    });
    expect(quiet).toContain('❔ No drift in 1 email domain. 1 could not be compared: c.example.');
  });

  it('makes code of the words alone that GitHub would make links of, and a link of a web address alone', () => {
    const error = new ActionError('Ask @octocat about #1 now.', { hint: 'See https://a.example for more.' });
    const markup = renderSummary([result({}, error)]);
    expect(markup).toContain('<td>Ask <code>&#64;octocat</code> about <code>&#35;1</code> now.</td>');
    expect(markup).toContain('<td>See <code>https&#58;//a.example</code> for more.</td>');
    const drift = { drift: false, account_id: '', checked: [], failed: [], differences: [] };
    const withIssue = (driftIssueUrl: string) => render({ domains: [], drift, driftIssueUrl });
    expect(withIssue('https://github.com/1')).toContain('<a href="https&#58;//github.com/1">');
    expect(withIssue('javascript:alert(1)')).not.toContain('<a');
  });

  it('leaves the punctuation around a word out of what people copy', () => {
    const markup = renderSummary([result({}, new ActionError(`It has ["${CODE}", "x"] (see @octocat).`))]);
    expect(markup).toContain(`[&quot;<code>${html(CODE)}</code>&quot;,`.replace('[', '&#91;'));
    expect(markup).toContain('&#40;see <code>&#64;octocat</code>&#41;.');
  });

  it('stays below the megabyte that GitHub takes with a thousand domains, whatever they say', () => {
    const long = '"<&\u202e漢字'.repeat(5000);
    const dns = sampleReport({
      visible: false,
      diagnosis: Array.from({ length: 20 }, () => ({ cause: 'c', evidence: long, remedy: long })),
    });
    const failed = result({ verificationCode: CODE, dns }, new ActionError(long, { hint: long }));
    const markup = renderSummary(Array.from({ length: 1000 }, () => failed));
    expect(Buffer.byteLength(markup)).toBeLessThan(1024 * 1024);
    const done = renderSummary(Array.from({ length: 1000 }, () => enabled));
    expect(done).toContain('1000 email domains have nothing left to do');
    expect(done.length).toBeLessThan(200);
  });

  it.each([
    ...Object.values(HOSTILE_TEXTS),
    '</td></tr></table><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '\n\n# Heading\n\n[link](https://evil.example)',
    '| a | b | @octocat `code`',
    'see @octo-org/team, octocat@example.com, #1, o/r#2, GH-3 and 0123456789abcdef',
    'https://evil.example www.evil.example (http://evil.example)',
  ])('lets nothing of %j become markup', (text) => {
    const plain = [result({ connector: sampleConnector(), verificationCode: CODE }, new ActionError('x'))];
    const hostile = [
      result(
        { name: text, connector: sampleConnector({ id: text, verificationCode: text }) },
        new ActionError(text),
      ),
    ];
    const markup = renderSummary(hostile);
    expect(tagsIn(markup)).toEqual(tagsIn(renderSummary(plain)));
    expect(markup.split('\n')).toHaveLength(renderSummary(plain).split('\n').length);
    expect(markup.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>`|@*[\]]/);
    expect(proseIn(markup)).not.toMatch(/@|#\d|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i);
    expect(markup.match(/<code>/g)).toHaveLength(markup.match(/<\/code>/g)?.length ?? 0);
  });
});

describe('writeSummary', () => {
  it('appends to the file of the runner and prints nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'summary-'));
    const file = join(directory, 'summary');
    await writeFile(file, 'before\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    try {
      expect(
        await stdoutOf(() =>
          writeSummary({
            domains: [waiting],
            drift: undefined,
            driftIssueUrl: undefined,
            changed: false,
            failures: [],
          }),
        ),
      ).toBe('');
      expect(await readFile(file, 'utf8')).toBe(`before\n${renderSummary([waiting])}`);
    } finally {
      vi.unstubAllEnvs();
      await rm(directory, { recursive: true });
    }
  });

  it('does nothing where the runner takes no summary', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', undefined);
    try {
      await expect(
        writeSummary({
          domains: [waiting],
          drift: undefined,
          driftIssueUrl: undefined,
          changed: false,
          failures: [],
        }),
      ).resolves.toBeUndefined();
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
