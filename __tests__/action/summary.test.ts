import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { renderSummary as renderRun, writeSummary as writeRun } from '../../src/action/summary/summary.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { DomainResult } from '../../src/domain/run-result.ts';
import { tally } from '../../src/domain/tally.ts';
import { html } from '../../src/text/untrusted.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { NOT_CHECKED, reportOf, sampleDrift } from '../samples/drift.ts';
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

/** The tags of some HTML, without the text between them, the code elements around single words, and the places where a word may break. */
function tagsIn(markup: string): readonly string[] {
  return markup.match(/<(?!\/?code>|wbr>)[^>]*>/g) ?? [];
}

/** The parts that one sees without opening anything. */
function unfolded(markup: string): string {
  return markup.replaceAll(/<details>.*?<\/details>/gs, '');
}

function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `d${index}.example`);
}

/** What GitHub looks through for mentions, references and addresses: all text that is not code, entities decoded. */
function proseIn(markup: string): string {
  return markup
    .replaceAll('<wbr>', '')
    .replaceAll(/<code>[^<]*<\/code>/g, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)));
}

describe('renderSummary', () => {
  it('has a row per domain with the state, the next step and the connector', () => {
    const markup = renderSummary([waiting, enabled]);
    expect(markup.match(/<tr>/g)).toHaveLength(3);
    expect(markup).toMatch(
      new RegExp(`<b>example.com</b></td><td>🟡&nbsp;awaiting&nbsp;DNS</td><td>Publish.*${CONNECTOR_ID}`),
    );
    expect(markup).toMatch(/<b>b.example<\/b><\/td><td>✅&nbsp;enabled<\/td><td>Nothing/);
  });

  it('says neither enabled nor disabled, nor what to do, while Cloudflare does not say', () => {
    const connector = sampleConnector({ enabled: undefined, verificationStatus: 'verified' });
    const markup = renderSummary([result({ connector })]);
    expect(markup).toMatch(
      new RegExp(`<b>example.com</b></td><td>⚪&nbsp;unknown</td><td>.*${CONNECTOR_ID}`),
    );
    for (const words of ['Nothing', 'Run mode', 'verified', 'disabled']) expect(markup).not.toContain(words);
  });

  it('counts several domains on top, in the words of the log', () => {
    const failed = result({ name: 'z.example' }, new ActionError('x'));
    const domains = [enabled, waiting, failed];
    expect(tally(domains)).toBe('3 email domains: 1 failed, 1 enabled, 1 awaiting DNS');
    expect(renderSummary(domains).split('\n')[2]).toBe(`<b>${tally(domains)}</b>`);
    expect(renderSummary([waiting])).not.toContain('1 email domain');
  });

  it('has no unbroken word in a row that pushes the next step out of sight', () => {
    const long = `x${CODE}`.repeat(20);
    const dns = sampleReport({
      visible: false,
      diagnosis: [{ cause: 'c', evidence: long, remedy: `Publish ${CODE} or ${long}.` }],
    });
    const domains = [
      result({ connector: sampleConnector(), dns }),
      result({ connector: sampleConnector() }, new ActionError(long, { hint: CODE })),
    ];
    const words = renderSummary(domains)
      .replaceAll(/<pre>.*<\/pre>/g, '')
      .replaceAll(/&(?:#\d+|\w+);/g, '.')
      .split(/\s+|<[^>]*>/);
    expect(Math.max(...words.map(({ length }) => length))).toBeLessThanOrEqual(40);
  });

  const verified = result({ connector: sampleConnector({ verificationStatus: 'verified' }) });
  it.each([
    ['disable', verified, 'before you run mode enable again'],
    ['delete', result({ sight: 'absent' }), 'TXT record'],
    ['publish-dns', waiting, '<td>Run wait-for-dns and enable.'],
  ] as const)('after %s names the step that comes after it', (mode, domain, nextStep) => {
    const of = { domains: [domain], drift: undefined, driftIssueUrl: undefined };
    const markup = render(of, { modes: [mode], dryRun: false });
    expect(markup).toContain(nextStep);
    expect(markup).not.toContain('dry run');
    expect(render(of, { modes: [mode], dryRun: true })).toContain('SSO (dry run: nothing was changed)');
  });

  it('shows each record to publish once, all of them in one block of zone-file lines', () => {
    const dns = sampleReport({ visible: false, diagnosis: [{ ...FINDING, remedy: `Publish "${CODE}".` }] });
    const other = CODE.replace('0123', 'ffff');
    const also = { name: 'c.example', connector: sampleConnector({ verificationCode: other }) };
    const failed = result(also, new ActionError(`No ${other}.`));
    const markup = renderSummary([result({ connector: sampleConnector(), dns }), enabled, failed]);
    const block = /<pre><code>(.*)<\/code><\/pre>/.exec(markup)?.[1];
    expect(block?.split('&#10;')).toEqual(
      [`c.example. IN TXT "${other}"`, `example.com. IN TXT "${CODE}"`].map(html),
    );
    const text = markup.replaceAll('<wbr>', '');
    for (const code of [CODE, other]) expect(text.split(html(code))).toHaveLength(2);
    expect(markup.match(/<pre>/g)).toHaveLength(1);
    expect(renderSummary([enabled])).not.toContain('<pre>');
  });

  it('escapes a code as zone files do', () => {
    const markup = renderSummary([result({ connector: sampleConnector({ verificationCode: 'c=a\\b' }) })]);
    expect(markup).toContain(html('"c=a\\\\b"'));
  });

  it('says why the work on a domain failed, and how far the domain is', () => {
    const error = new ActionError('Cloudflare refused.', { hint: 'Ask again.' });
    const markup = renderSummary([result({}, error)]);
    expect(markup).toContain('<td>Cloudflare refused.<br>Ask again.</td>');
    expect(markup).toContain('<td>❌&nbsp;failed</td>');
    const waited = renderSummary([result({ connector: sampleConnector() }, error)]);
    expect(waited).toContain('<td>❌&nbsp;failed<br><small>awaiting&nbsp;DNS</small></td>');
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

  const startMs = Date.parse(sampleReport().started_at);
  const isoAfter = (durationMs: number) => new Date(startMs + durationMs).toISOString();
  /** A report of the sample's servers, each of which had the record after so long. */
  function seenAfter(...durationsMs: readonly number[]) {
    const servers = sampleReport().servers.map((server, index) => ({
      ...server,
      seen_at: isoAfter(durationsMs[index] ?? 0),
    }));
    return sampleReport({ servers });
  }
  const chartIn = (markup: string) =>
    /```mermaid\n(?<lines>.*?)\n```/s.exec(markup)?.groups?.['lines']?.split('\n');

  it('says when each server had the record, and draws a wait in which they differ', () => {
    const markup = renderSummary([result({ verificationCode: CODE, dns: seenAfter(42_000, 54_000) })]);
    expect(markup).toContain('<td>after 42s</td>');
    expect(markup).toContain('2 of 2');
    expect(chartIn(unfolded(markup))?.slice(1)).toEqual([
      'gantt',
      'dateFormat x',
      'axisFormat %H:%M:%S',
      'tickInterval 15second',
      'section ns1.example.com (192.0.2.53)',
      `without :done, ${startMs}, ${startMs + 42_000}`,
      `has it :active, ${startMs + 42_000}, ${startMs + 66_000}`,
      'section cloudflare',
      `has it :active, ${startMs + 54_000}, ${startMs + 66_000}`,
    ]);
  });

  it.each([
    ['a long wait with servers that agree', seenAfter(42_000, 43_000), 0],
    ['a short wait', { ...seenAfter(0, 4000), ended_at: isoAfter(4000) }, 0],
    ['a long wait without any record', sampleReport({ visible: false }), 0],
    ['a long wait with servers that differ', seenAfter(20_000, 50_000), 1],
  ])('draws of %s no more than it explains', (_, dns, charts) => {
    expect(renderSummary([result({ verificationCode: CODE, dns })]).split('```mermaid')).toHaveLength(
      charts + 1,
    );
  });

  it('folds the chart of a domain that is done', () => {
    const connector = sampleConnector({ enabled: true });
    const markup = renderSummary([result({ connector, dns: seenAfter(20_000, 50_000) })]);
    expect(markup).toContain('```mermaid');
    expect(unfolded(markup)).not.toContain('```mermaid');
  });

  it('says until when a server has something else cached only of resolvers', () => {
    const servers = sampleReport({ visible: false }).servers.map((server) => ({
      ...server,
      expires_at: isoAfter(3_600_000),
    }));
    const render = (...roles: readonly string[]) =>
      renderSummary([
        result({
          verificationCode: CODE,
          dns: sampleReport({ visible: false, servers: servers.filter(({ role }) => roles.includes(role)) }),
        }),
      ]);
    expect(render('authoritative', 'resolver').match(/13:00 UTC/g)).toHaveLength(1);
    expect(render('authoritative')).not.toMatch(/13:00|until/);
  });

  it('names servers in a chart as they are', () => {
    const server = 'https://[2001:db8::53]:8443/dns-query?a=b&c=%20';
    const dns = seenAfter(20_000, 50_000);
    const servers = dns.servers.map((one) => ({ ...one, server }));
    const chart = chartIn(renderSummary([result({ verificationCode: CODE, dns: { ...dns, servers } })]));
    const [section = ''] = chart?.filter((line) => line.startsWith('section ')) ?? [];
    const decoded = section.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(decoded).toBe(`section ${server}`);
    expect(section).not.toMatch(/[:%&]/);
  });

  it('draws no line that a server name could have made', () => {
    const dns = seenAfter(20_000, 50_000);
    const hostile = Object.values(HOSTILE_TEXTS).join('\n```\n%%{init: {}}%%\nclick x "javascript:x"\n');
    const names = [hostile, '#58;%%{init: {}}%%;`<b>x</b>"', ...Object.values(HOSTILE_TEXTS)];
    const [one, other] = dns.servers;
    const sample = (server: string) => [one, other].flatMap((each) => (each ? [{ ...each, server }] : []));
    for (const name of names) {
      const markup = renderSummary([
        result({ verificationCode: CODE, dns: { ...dns, servers: sample(name) } }),
      ]);
      expect(markup.match(/```/g)).toHaveLength(2);
      const chart = chartIn(markup) ?? [];
      expect(chart).toHaveLength(10);
      expect(chart.at(-2)).toMatch(/^section (?:[\w .()[\]/-]|#\d\d;){1,60}$/);
    }
  });

  it('names the cause with what to do in the row, and further causes below it', () => {
    const dns = sampleReport({ visible: false });
    const one = renderSummary([result({ verificationCode: CODE, dns })]);
    expect(unfolded(one)).toMatch(
      new RegExp(`<td>${FINDING.remedy}<br><small><code>${FINDING.cause}</code>: ${FINDING.evidence}`),
    );
    expect(one.split(FINDING.remedy)).toHaveLength(2);
    const second = { ...FINDING, cause: 'second-cause', resolves_at: isoAfter(7_200_000) };
    const two = renderSummary([
      result({ verificationCode: CODE, dns: { ...dns, diagnosis: [FINDING, second] } }),
    ]);
    expect(two).toMatch(
      new RegExp(`<code>second-cause</code></td><td>.*</td><td>${FINDING.remedy}.*${html('14:00')} UTC`),
    );
    expect(unfolded(two)).not.toContain('second-cause');
  });

  it('has the record for the DNS tool in one folded block', () => {
    const domains = namesOf(2).map((name) =>
      result({ name, connector: sampleConnector(), renderRecord: () => `line one\nof ${name}` }),
    );
    const markup = renderSummary(domains);
    expect(markup).toContain('<pre><code>line one&#10;of d0.example&#10;line one&#10;of d1.example</code>');
    expect(unfolded(markup)).not.toContain('line one');
  });

  it('says of fifty domains what one screen can show, and draws no chart', () => {
    const dns = seenAfter(20_000, 50_000);
    const invisible = { ...dns, visible: false, diagnosis: [FINDING] };
    const domains = namesOf(50).map((name) =>
      result({ name, connector: sampleConnector({ emailDomain: name }), dns: invisible }),
    );
    const markup = renderSummary(domains);
    expect(unfolded(markup)).not.toContain('<tr>');
    expect(unfolded(markup).match(/50 awaiting DNS/g)).toHaveLength(2);
    expect(markup.match(/<tr>/g)).toHaveLength(51);
    expect(markup.match(/<pre>/g)).toHaveLength(1);
    expect(markup).not.toContain('```mermaid');
    expect(markup.length).toBeLessThan(30_000);
    const [first, ...others] = domains;
    const failed = domains.slice(1, 9).map(({ domain }) => ({ domain, failure: new ActionError('Sample.') }));
    const mixed = renderSummary([...(first ? [first] : []), ...failed, ...others.slice(8)]);
    expect(mixed.match(/```mermaid/g)).toHaveLength(5);
    expect(unfolded(mixed).match(/❌&nbsp;failed/g)).toHaveLength(8);
    expect(unfolded(mixed).match(/<tr>/g)).toHaveLength(9);
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
      not_checked: [],
    };
    const markup = render({ domains: [enabled], drift, driftIssueUrl: 'https://github.com/o/r/issues/1' });
    expect(markup).toContain('Drift: 1 difference from what is declared; 1 email domain checked.');
    expect(markup).toMatch(
      /<code>not-enabled<\/code>.*enabled.*the connector is disabled.*<td>Find out why\.<\/td>/,
    );
    expect(markup.indexOf('not-enabled')).toBeLessThan(markup.indexOf('b.example'));
    const drifted = render({
      domains: [result({ connector: sampleConnector(), drift: [difference] })],
      drift,
      driftIssueUrl: undefined,
    });
    // The usual next step would contradict the one of the drift.
    expect(drifted.match(/Find out why/g)).toHaveLength(1);
    expect(drifted).not.toContain('then run wait-for-dns');
    const many = namesOf(30).map((name) =>
      result({ name, connector: sampleConnector(), drift: [difference] }),
    );
    expect(render({ domains: many, drift, driftIssueUrl: undefined })).not.toContain('then run wait-for-dns');
    const quiet = render({
      domains: [enabled],
      drift: { ...drift, drift: false, differences: [], failed: ['c.example'] },
      driftIssueUrl: undefined,
    });
    expect(quiet).toContain('❔ No drift in 1 email domain. 1 could not be compared: c.example.');
  });

  it('says what nobody looked for, with drift and without', () => {
    for (const differences of [[sampleDrift()], []]) {
      const drift = reportOf(differences, [], NOT_CHECKED);
      const markup = render({ domains: [enabled], drift, driftIssueUrl: undefined });
      expect(markup.match(/Not checked/g)).toHaveLength(2);
      expect(markup).toMatch(/Not checked: nobody-outside .*Account Settings.*Read/);
      expect(markup).toContain('Not checked: token-expires');
    }
    const all = render({ domains: [enabled], drift: reportOf([]), driftIssueUrl: undefined });
    expect(all).not.toContain('Not checked');
  });

  it('says of a connector whether a sign-in has confirmed it', () => {
    const withSign = (confirmed: boolean | undefined) =>
      renderSummary([result({ connector: sampleConnector({ enabled: true }), confirmed })]);
    expect(withSign(true)).toMatch(new RegExp(`${CONNECTOR_ID}.*Confirmed`));
    for (const confirmed of [false, undefined]) expect(withSign(confirmed)).not.toContain('Confirmed');
  });

  it('makes code of the words alone that GitHub would make links of, and a link of a web address alone', () => {
    const error = new ActionError('Ask @octocat about #1 now.', { hint: 'See https://a.example for more.' });
    const markup = renderSummary([result({}, error)]);
    expect(markup).toContain('<td>Ask <code>&#64;octocat</code> about <code>&#35;1</code> now.<br>');
    expect(markup).toContain('<br>See <code>https&#58;//a.example</code> for more.</td>');
    const drift = reportOf([]);
    const withIssue = (driftIssueUrl: string) => render({ domains: [], drift, driftIssueUrl });
    expect(withIssue('https://github.com/1')).toContain('<a href="https&#58;//github.com/1">');
    expect(withIssue('javascript:alert(1)')).not.toContain('<a');
  });

  it('points to the record below instead of repeating or cutting it in an instruction', () => {
    const remedy = `Publish example.com TXT "${CODE}" exactly as shown.`;
    const dns = sampleReport({ visible: false, diagnosis: [{ ...FINDING, remedy }] });
    const markup = renderSummary([result({ verificationCode: CODE, dns })]);
    expect(markup).toContain('Publish the TXT record below exactly as shown.');
    expect(markup.split(html(CODE))).toHaveLength(2);
    const failed = result({ verificationCode: CODE, dns }, new ActionError('x', { hint: remedy }));
    expect(renderSummary([failed])).toContain('Publish the TXT record below exactly as shown.');
  });

  it('shows no record to publish after disable', () => {
    const of = { domains: [waiting], drift: undefined, driftIssueUrl: undefined };
    expect(render(of, { modes: ['disable'], dryRun: false })).not.toContain('<pre>');
  });

  it('leaves the punctuation around a word out of what people copy', () => {
    const markup = renderSummary([result({}, new ActionError(`It has ["${CODE}", "x"] (see @octocat).`))]);
    expect(markup.replaceAll('<wbr>', '')).toContain(`&#91;&quot;<code>${html(CODE)}</code>&quot;,`);
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
    expect(done).toContain('1000 email domains: 1000 enabled');
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
    const plain = [
      result(
        { connector: sampleConnector(), verificationCode: CODE, renderRecord: () => 'x' },
        new ActionError('x', { hint: 'x' }),
      ),
    ];
    const hostile = [
      result(
        {
          name: text,
          connector: sampleConnector({ id: text, verificationCode: text }),
          renderRecord: () => text.replaceAll(/[\n\t]/g, ' '),
        },
        new ActionError(text, { hint: text }),
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
