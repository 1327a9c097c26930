import { describe, expect, it } from 'vitest';
import { renderPreflight } from '../../src/action/summary/preflight.ts';
import { renderSummary } from '../../src/action/summary/summary.ts';
import { ActionError } from '../../src/domain/errors.ts';
import { GUARD_IDS, type PreflightReport } from '../../src/domain/preflight.ts';
import type { DomainResult } from '../../src/domain/run-result.ts';
import { expectCleanMarkup } from '../checks/clean-text.ts';
import { samplePreflight } from '../samples/preflight.ts';
import { sampleConnector, sampleDomain, sampleReport } from '../samples/results.ts';
import { VERY_HOSTILE_TEXTS } from '../samples/very-hostile-text.ts';

function resultOf(preflight: PreflightReport | undefined): DomainResult {
  return { domain: sampleDomain({ name: preflight?.email_domain, preflight }), failure: undefined };
}

function render(...reports: readonly (PreflightReport | undefined)[]): string {
  return renderPreflight(reports.map(resultOf)).join('\n\n');
}

/** The rows of the table, each as its cells. */
function rowsIn(markup: string): readonly (readonly string[])[] {
  return [...markup.matchAll(/<tr><td>(.*)<\/td><\/tr>/g)].map(([, cells = '']) => cells.split('</td><td>'));
}

function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `d${index}.example`);
}

describe('the preflight table', () => {
  it('is not there where nobody judged', () => {
    expect(render(undefined, undefined)).toBe('');
  });

  it('has a row for each guard in the order of the report, with icon, evidence and what to do', () => {
    const markup = render(
      samplePreflight({
        'identity-provider': { verdict: 'refused', evidence: 'There is none.', remedy: 'Add one.' },
        'sign-in-seen': { verdict: 'unknown', evidence: 'Not readable.', remedy: 'Add the permission.' },
        token: { verdict: 'warned', evidence: 'It expires.', remedy: 'Make a new one.' },
      }),
    );
    const rows = rowsIn(markup);
    expect(rows.map(([guard = '']) => /<code>(.*)<\/code>/.exec(guard)?.[1])).toEqual(GUARD_IDS);
    expect(rows[0]).toEqual([expect.stringMatching(/^✅.*passed/), 'All is well.', '']);
    expect(rows[1]).toEqual([expect.stringMatching(/^❌.*refused/), 'There is none.', 'Add one.']);
    expect(rows[2]).toEqual([expect.stringMatching(/^❔.*unknown/), 'Not readable.', 'Add the permission.']);
    expect(rows[3]).toEqual([expect.stringMatching(/^⚠️.*warned/u), 'It expires.', 'Make a new one.']);
    expect(markup).toMatch(/✅ 4 passed.*❔ 1 unknown.*⚠️ 1 warned.*❌ 1 refused/u);
  });

  it('counts no verdict that nothing has', () => {
    const [head = ''] = render(samplePreflight()).split('\n');
    expect(head).toContain('✅ 7 passed');
    expect(head).not.toMatch(/unknown|warned|refused/);
  });

  it('tells an equal finding of all email domains once, and names none', () => {
    const markup = render(...namesOf(3).map((name) => samplePreflight({}, name)));
    expect(rowsIn(markup)).toHaveLength(GUARD_IDS.length);
    for (const name of namesOf(3)) expect(markup).not.toContain(name);
  });

  it('names the email domains of a finding that others do not have, the guards together', () => {
    const [one, two, three] = namesOf(3);
    const gone = { 'sso-app': { verdict: 'warned', evidence: 'It is gone.' } } as const;
    const markup = render(
      samplePreflight(gone, one),
      samplePreflight({}, two),
      undefined,
      samplePreflight(gone, three),
    );
    const rows = rowsIn(markup);
    expect(rows).toHaveLength(GUARD_IDS.length + 1);
    const seen = rows.filter(([guard = '']) => guard.includes('sso-app')).map(([, evidence]) => evidence);
    expect(seen.sort()).toEqual([
      `All is well.<br><small>${two}</small>`,
      `It is gone.<br><small>${one}, ${three}</small>`,
    ]);
    expect(rows.at(-1)?.[0]).toContain('sso-app');
    expect(rows.at(-2)?.[0]).toContain('sso-app');
  });

  it('names no more email domains than one reads', () => {
    const names = namesOf(50);
    const warned = { token: { verdict: 'warned', evidence: 'It expires.' } } as const;
    const markup = render(
      samplePreflight({}, 'fine.example'),
      ...names.map((name) => samplePreflight(warned, name)),
    );
    expect(markup).toContain('<small>d0.example, d1.example, d2.example and 47 more</small>');
  });

  it('does not take the same evidence of another verdict or guard for the same finding', () => {
    const other = samplePreflight({ token: { verdict: 'warned' } }, 'b.example');
    expect(rowsIn(render(samplePreflight(), other))).toHaveLength(GUARD_IDS.length + 1);
  });

  it('stays small with 1,000 email domains of which each found something else, and leaves out no refusal', () => {
    const reports = namesOf(1000).map((name, index) =>
      samplePreflight(
        {
          'sign-in-seen': { evidence: `Somebody signed in, number ${index}. ${'x'.repeat(200)}` },
          'sso-app': index === 999 ? { verdict: 'refused', evidence: 'It is gone.' } : {},
          token: index === 998 ? { verdict: 'warned', evidence: 'It expires.' } : {},
        },
        name,
      ),
    );
    const markup = render(...reports);
    expect(markup.length).toBeLessThan(70_000);
    const rows = rowsIn(markup);
    expect(rows.length).toBeGreaterThan(100);
    const more = /(\d+) more did not fit.*preflight-report/.exec(markup)?.[1];
    expect(rows.length + Number(more)).toBe(1000 + GUARD_IDS.length - 1 + 2);
    expect(markup).toContain('It is gone.');
    expect(markup).toContain('It expires.');
    // Those that are shown stand in the order of the report all the same.
    const guards = rows.map(([guard = '']) => GUARD_IDS.findIndex((id) => guard.includes(`>${id}<`)));
    expect(guards).toEqual(guards.toSorted((one, two) => one - two));
  });

  it.each(VERY_HOSTILE_TEXTS)('lets nothing of %j become markup', (text) => {
    const finding = { verdict: 'warned', evidence: text, remedy: text } as const;
    const markup = render(
      samplePreflight({ 'identity-provider': finding }, text),
      samplePreflight({}, 'b.example'),
    );
    expectCleanMarkup(`${markup}\n`);
    expect(rowsIn(markup)).toHaveLength(GUARD_IDS.length + 1);
  });
});

describe('the summary of a run with a preflight', () => {
  it('has the table after the email domains and before the records', () => {
    const domain = sampleDomain({ connector: sampleConnector(), preflight: samplePreflight() });
    const run = { domains: [{ domain, failure: undefined }], drift: undefined, driftIssueUrl: undefined };
    const markup = renderSummary(run, { modes: ['create'], dryRun: false });
    const places = ['awaiting&nbsp;DNS', 'Preflight', '<pre>'].map((part) => markup.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, two) => one - two));
  });

  it('stays below the megabyte that GitHub takes with 1,000 email domains, whatever they say', () => {
    // More than a cell takes.
    const long = '"<&\u202e漢字'.repeat(400);
    const domains = namesOf(1000).map((name, index) => {
      const finding = { verdict: 'warned', evidence: `${index} ${long}`, remedy: long } as const;
      const found = Object.fromEntries(GUARD_IDS.map((id) => [id, finding]));
      const dns = sampleReport({ visible: false });
      const preflight = samplePreflight(found, name);
      const domain = sampleDomain({ name, connector: sampleConnector(), dns, preflight });
      return { domain, failure: new ActionError(long, { hint: long }) };
    });
    const run = { domains, drift: undefined, driftIssueUrl: undefined };
    const markup = renderSummary(run, { modes: ['enable'], dryRun: false });
    expect(Buffer.byteLength(markup)).toBeLessThan(1024 * 1024);
  });
});
