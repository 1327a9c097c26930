import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ActionError } from '../src/errors.ts';
import type { DomainResult, Progress } from '../src/progress.ts';
import { renderSummary, writeSummary } from '../src/summary.ts';
import { html } from '../src/untrusted.ts';
import { stdoutOf } from './support/captured-stdout.ts';
import { HOSTILE_TEXTS } from './support/hostile-text.ts';
import { CODE, CONNECTOR_ID, sampleConnector, sampleProgress } from './support/samples.ts';

function result(changes: Partial<Progress>, failure?: ActionError): DomainResult {
  return { progress: sampleProgress(changes), failure };
}

const waiting = result({ connector: sampleConnector(), verificationCode: CODE });
const enabled = result({
  emailDomain: 'b.example',
  connector: sampleConnector({ enabled: true, emailDomain: 'b.example' }),
  verificationCode: CODE,
});

/** The tags of some HTML, without what stands between them. */
function tagsIn(markup: string): readonly string[] {
  return markup.match(/<[^>]*>/g) ?? [];
}

describe('renderSummary', () => {
  it('has a row per domain with the connector, the state and the next step', () => {
    const markup = renderSummary([waiting, enabled]);
    expect(markup.match(/<tr>/g)).toHaveLength(3);
    expect(markup).toContain(`<td>example.com</td><td>${CONNECTOR_ID}</td><td>awaiting-dns</td>`);
    expect(markup).toContain('<td>b.example</td>');
    expect(markup).toContain('<td>enabled</td>');
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
    expect(markup).toContain('<td>unknown</td>');
  });

  it('has no empty line inside, where Markdown would begin again', () => {
    expect(renderSummary([waiting, waiting, enabled]).trimEnd()).not.toMatch(/\n\s*\n/);
  });

  it.each([
    ...Object.values(HOSTILE_TEXTS),
    '</td></tr></table><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '\n\n# Heading\n\n[link](https://evil.example)',
    '| a | b | @octocat `code`',
  ])('lets nothing of %j become markup', (text) => {
    const plain = [result({ connector: sampleConnector(), verificationCode: CODE }, new ActionError('x'))];
    const hostile = [
      result(
        { emailDomain: text, connector: sampleConnector({ id: text }), verificationCode: text },
        new ActionError(text),
      ),
    ];
    const markup = renderSummary(hostile);
    expect(tagsIn(markup)).toEqual(tagsIn(renderSummary(plain)));
    expect(markup.split('\n')).toHaveLength(renderSummary(plain).split('\n').length);
    expect(markup.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>`|@*[\]]/);
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
