import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { toOutputs as outputsOf, writeOutputs } from '../../src/action/outputs/outputs.ts';
import type { Drift, DriftReport } from '../../src/domain/drift.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { DomainResult, RunResult } from '../../src/domain/run-result.ts';
import { importBlock } from '../../src/records/own/terraform.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { NOT_CHECKED } from '../samples/drift.ts';
import { samplePreflight } from '../samples/preflight.ts';
import {
  ACCOUNT_ID,
  CODE,
  CONNECTOR_ID,
  createdDomain,
  type SampleDomain,
  sampleConnector,
  sampleDomain,
  sampleReport,
} from '../samples/results.ts';

function result(sample: SampleDomain = {}, failure?: ActionError): DomainResult {
  return { domain: sampleDomain(sample), failure };
}

/** Everything that can be known about a domain. */
async function complete(sample: SampleDomain = {}): Promise<DomainResult> {
  const known = { dns: sampleReport(), txtToday: ['v=spf1 -all'], ...sample };
  return { domain: await createdDomain(known), failure: undefined };
}

function runOf(domains: readonly DomainResult[]): RunResult {
  const changes = domains.map(({ domain }) => domain.changed);
  const changed = changes.includes(true) || (changes.includes(undefined) ? undefined : false);
  return { domains, changed, drift: undefined, driftIssueUrl: undefined, failures: [] };
}

const toOutputs = (domains: readonly DomainResult[]) => outputsOf(runOf(domains));

describe('toOutputs with one email domain', async () => {
  it('says all that is known, everything as text', async () => {
    const { connectors, ...outputs } = toOutputs([await complete()]);
    expect(outputs).toEqual({
      'connector-id': CONNECTOR_ID,
      'email-domain': 'example.com',
      'verification-code': CODE,
      'verification-status': 'pending',
      enabled: 'false',
      created: 'true',
      changed: 'true',
      state: 'verifying',
      'record-name': 'example.com',
      'record-type': 'TXT',
      'record-value': CODE,
      'txt-values': JSON.stringify(['v=spf1 -all', CODE]),
      'dns-visible': 'true',
      'dns-report': JSON.stringify(sampleReport()),
      'timed-out': 'false',
      'terraform-import': importBlock(ACCOUNT_ID, CONNECTOR_ID, 'example.com'),
    });
    expect(JSON.parse(connectors ?? '')).toHaveLength(1);
  });

  it('leaves out what is not known', () => {
    const { connectors, ...outputs } = toOutputs([result()]);
    expect(outputs).toEqual({
      'email-domain': 'example.com',
      created: 'false',
      changed: 'false',
      'timed-out': 'false',
    });
    expect(JSON.parse(connectors ?? '')).toEqual([
      { email_domain: 'example.com', created: false, changed: false, timed_out: false },
    ]);
  });

  it('has a record to publish only with both a domain and a code', () => {
    expect(toOutputs([result()])).not.toHaveProperty('record-type');
    const codeAlone = result({ name: undefined, verificationCode: CODE });
    expect(toOutputs([codeAlone])).not.toHaveProperty('record-type');
    expect(toOutputs([result({ verificationCode: CODE })])).toMatchObject({
      'record-name': 'example.com',
      'record-type': 'TXT',
      'record-value': CODE,
    });
  });

  it('still says what is known when the work on the domain failed', async () => {
    const failed = { ...(await complete({ timedOut: true })), failure: new ActionError('It failed.') };
    expect(toOutputs([failed])).toMatchObject({ changed: 'true', 'timed-out': 'true', created: 'true' });
  });

  it('says neither enabled nor a state while Cloudflare does not say whether it is enabled', () => {
    const connector = sampleConnector({ enabled: undefined, verificationStatus: 'verified' });
    const outputs = toOutputs([result({ connector })]);
    expect(outputs).not.toHaveProperty('enabled');
    expect(outputs).not.toHaveProperty('state');
    expect(outputs).toMatchObject({ 'connector-id': CONNECTOR_ID, 'verification-status': 'verified' });
    expect(JSON.parse(outputs.connectors ?? '')[0]).not.toHaveProperty('enabled');
  });

  it('says nothing that a change in doubt may have changed', () => {
    const connector = sampleConnector({ enabled: false, verificationStatus: 'verified' });
    const { connectors: _, ...outputs } = toOutputs([result({ sight: 'in-doubt', connector })]);
    for (const name of ['enabled', 'state', 'verification-status', 'changed', 'created'])
      expect(outputs).not.toHaveProperty(name);
    expect(outputs).toMatchObject({ 'connector-id': CONNECTOR_ID, 'email-domain': 'example.com' });
  });

  it('imports a connector by the name of its domain, and not without one', () => {
    const nameless = sampleConnector({ emailDomain: '' });
    const named = toOutputs([result({ connector: nameless })]);
    expect(named['terraform-import']).toBe(importBlock(ACCOUNT_ID, CONNECTOR_ID, 'example.com'));
    expect(toOutputs([result({ name: undefined, connector: nameless })])).not.toHaveProperty(
      'terraform-import',
    );
    const other = sampleConnector({ emailDomain: 'other.example' });
    const ofOther = toOutputs([result({ connector: other })]);
    expect(ofOther['terraform-import']).toBe(importBlock(ACCOUNT_ID, CONNECTOR_ID, 'other.example'));
  });

  it('says absent when Cloudflare knows no connector', () => {
    expect(toOutputs([result({ sight: 'absent' })])).toMatchObject({ state: 'absent' });
  });

  it('writes no undefined value anywhere', async () => {
    for (const one of [result(), result({ verificationCode: CODE }), await complete()]) {
      const outputs = Object.entries(toOutputs([one]));
      for (const [name, value] of outputs) {
        expect(value, name).toBeTypeOf('string');
        expect(value, name).not.toContain('undefined');
      }
    }
  });
});

const allVerified = { enabled: true, verificationStatus: 'verified' } as const;
const enabled = await complete({ connector: sampleConnector(allVerified) });

describe('toOutputs with several email domains', () => {
  const idle = result({ name: 'b.example', sight: 'absent', timedOut: true });

  it('says only what makes sense for all of them', () => {
    const { connectors, ...outputs } = toOutputs([enabled, idle]);
    expect(outputs).toEqual({ state: 'absent', changed: 'true', 'timed-out': 'true' });
    expect(connectors).toBeDefined();
  });

  it('says that nothing changed and no time was used up when that is so for all', () => {
    const quiet = result({ verificationCode: CODE });
    expect(toOutputs([quiet, quiet])).toMatchObject({
      state: 'awaiting-dns',
      changed: 'false',
      'timed-out': 'false',
    });
  });

  it('gives no state when that of one domain is unknown', () => {
    expect(toOutputs([enabled, result()])).not.toHaveProperty('state');
  });

  it('lists an object per domain in their order, its keys in snake case and its values typed', () => {
    const list: unknown = JSON.parse(toOutputs([enabled, idle]).connectors ?? '');
    expect(list).toEqual([
      {
        connector_id: CONNECTOR_ID,
        email_domain: 'example.com',
        verification_code: CODE,
        verification_status: 'verified',
        enabled: true,
        created: true,
        changed: true,
        state: 'enabled',
        record_name: 'example.com',
        record_type: 'TXT',
        record_value: CODE,
        txt_values: ['v=spf1 -all', CODE],
        dns_visible: true,
        dns_report: sampleReport(),
        timed_out: false,
        terraform_import: importBlock(ACCOUNT_ID, CONNECTOR_ID, 'example.com'),
      },
      { email_domain: 'b.example', created: false, changed: false, state: 'absent', timed_out: true },
    ]);
  });
});

describe('the outputs of what was written and found', () => {
  it('have the record in its zone at Cloudflare, as far as it is known', async () => {
    const outputs = toOutputs([await complete({ dnsRecord: { zoneId: 'zone1', id: 'record1' } })]);
    expect(outputs).toMatchObject({ 'zone-id': 'zone1', 'record-id': 'record1' });
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([{ zone_id: 'zone1', record_id: 'record1' }]);
    const unshown = toOutputs([await complete({ dnsRecord: { zoneId: 'zone1', id: undefined } })]);
    expect(unshown).toMatchObject({ 'zone-id': 'zone1' });
    expect(unshown).not.toHaveProperty('record-id');
    expect(toOutputs([await complete()])).not.toHaveProperty('zone-id');
  });

  it('are those of one email domain', async () => {
    const ssoApp = { id: 'app1', uid: 'uid1', name: 'SSO App' };
    const outputs = toOutputs([
      await complete({ ssoApp, renderRecord: () => 'the record\n', txtToday: ['b', CODE, 'a'] }),
    ]);
    expect(outputs).toMatchObject({
      record: 'the record\n',
      'txt-values': JSON.stringify(['b', 'a', CODE]),
      'terraform-import': importBlock(ACCOUNT_ID, CONNECTOR_ID, 'example.com'),
      'sso-app-id': 'app1',
    });
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([
      { record: 'the record\n', txt_values: ['b', 'a', CODE], sso_app_id: 'app1' },
    ]);
  });

  it('are not those of several', async () => {
    const all = await complete({
      ssoApp: { id: 'app1', uid: 'uid1', name: 'SSO App' },
      renderRecord: () => 'x',
    });
    const outputs = toOutputs([all, all]);
    for (const name of ['record', 'txt-values', 'terraform-import', 'sso-app-id'] as const)
      expect(outputs).not.toHaveProperty(name);
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([
      { record: 'x', sso_app_id: 'app1' },
      { record: 'x', sso_app_id: 'app1' },
    ]);
  });

  it('have TXT values only when the authoritative servers were asked', async () => {
    expect(toOutputs([await complete({ txtToday: undefined })])).not.toHaveProperty('txt-values');
    expect(toOutputs([await complete({ txtToday: [] })])).toHaveProperty(
      'txt-values',
      JSON.stringify([CODE]),
    );
    const withoutCode = result({ txtToday: ['a'] });
    expect(toOutputs([withoutCode])).not.toHaveProperty('txt-values');
  });

  it('have an import block only with both a connector and an account', async () => {
    expect(toOutputs([result({ verificationCode: CODE })])).not.toHaveProperty('terraform-import');
    const outputs = toOutputs([await complete({ accountId: undefined })]);
    expect(outputs).not.toHaveProperty('terraform-import');
    expect(outputs).toHaveProperty('connector-id');
  });

  it('name nothing of a connector that is gone', async () => {
    const gone = await complete();
    gone.domain.see(undefined);
    const outputs = toOutputs([gone]);
    for (const name of [
      'connector-id',
      'enabled',
      'verification-code',
      'record-value',
      'terraform-import',
    ] as const)
      expect(outputs).not.toHaveProperty(name);
    expect(outputs).toMatchObject({ changed: 'true', 'email-domain': 'example.com' });
  });

  it('say changed for the run, where only the issue was', () => {
    const run = { ...runOf([result()]), changed: true };
    const outputs = outputsOf(run);
    expect(outputs.changed).toBe('true');
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([{ changed: false }]);
  });
});

describe('the outputs of enabling', () => {
  const preflight = samplePreflight({ token: { verdict: 'warned', remedy: 'Make a new one.' } });

  it('are the report of preflight as JSON, and whether a sign-in has confirmed it', async () => {
    const outputs = toOutputs([await complete({ preflight, confirmed: true })]);
    expect(outputs).toMatchObject({ 'preflight-report': JSON.stringify(preflight), confirmed: 'true' });
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([
      { preflight_report: preflight, confirmed: true },
    ]);
  });

  it('say false after a take-back, and nothing where nobody waited for a sign-in', async () => {
    expect(toOutputs([await complete({ confirmed: false })])).toMatchObject({ confirmed: 'false' });
    const outputs = toOutputs([await complete()]);
    for (const name of ['confirmed', 'preflight-report']) expect(outputs).not.toHaveProperty(name);
  });

  it('are those of each of several email domains, never of all together', async () => {
    const of = await complete({ preflight, confirmed: true });
    const outputs = toOutputs([of, result({ name: 'b.example', confirmed: false })]);
    for (const name of ['confirmed', 'preflight-report']) expect(outputs).not.toHaveProperty(name);
    const [first, second] = JSON.parse(outputs.connectors ?? '');
    expect(first).toMatchObject({ preflight_report: preflight, confirmed: true });
    expect(second).toMatchObject({ confirmed: false });
    expect(second).not.toHaveProperty('preflight_report');
  });
});

describe('the drift outputs', () => {
  const one: Drift = {
    kind: 'not-enabled',
    email_domain: 'example.com',
    connector_id: CONNECTOR_ID,
    expected: 'enabled',
    actual: 'the connector is disabled',
    remedy: 'Do it.',
  };
  const undeclared: Drift = { ...one, kind: 'undeclared-connector', email_domain: 'other.example' };
  const report: DriftReport = {
    drift: true,
    account_id: ACCOUNT_ID,
    checked: ['example.com'],
    failed: [],
    differences: [one, undeclared],
    not_checked: NOT_CHECKED,
  };
  const outputsWith = (domains: readonly DomainResult[], drift: DriftReport | undefined) =>
    outputsOf({ ...runOf(domains), drift });

  it('are those of the account, also with one email domain that has none', async () => {
    const outputs = outputsWith([await complete({ drift: [] })], report);
    expect(outputs.drift).toBe('true');
    expect(outputs['drift-report']).toBe(JSON.stringify(report));
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([
      { drift: false, drift_report: { drift: false, checked: ['example.com'], differences: [] } },
    ]);
  });

  it('are those of the account with several, and each domain has its own', async () => {
    const outputs = outputsWith(
      [await complete({ drift: [one] }), result({ name: 'b.example', drift: [] }), result({ name: 'c' })],
      report,
    );
    expect(outputs).toMatchObject({ drift: 'true', 'drift-report': JSON.stringify(report) });
    const [first, second, third] = JSON.parse(outputs.connectors ?? '');
    expect(first).toMatchObject({ drift: true, drift_report: { drift: true, differences: [one] } });
    expect(second).toMatchObject({ drift: false, drift_report: { differences: [] } });
    expect(third).not.toHaveProperty('drift');
    expect(third).not.toHaveProperty('drift_report');
  });

  it('list what nobody looked for: of an email domain its own, of the account all', async () => {
    const of = await complete({ drift: [], notChecked: NOT_CHECKED.slice(0, 1) });
    const outputs = outputsWith([of, result({ name: 'b.example', drift: [] })], report);
    expect(JSON.parse(outputs['drift-report'] ?? '')).toMatchObject({ not_checked: NOT_CHECKED });
    expect(JSON.parse(outputs.connectors ?? '')).toMatchObject([
      { drift_report: { not_checked: NOT_CHECKED.slice(0, 1) } },
      { drift_report: { not_checked: [] } },
    ]);
  });

  it('leave out what GitHub would not take, and say how much', async () => {
    const many = Array.from({ length: 3000 }, () => ({ ...one, actual: 'x'.repeat(200) }));
    const text = outputsWith([await complete()], { ...report, differences: many })['drift-report'] ?? '';
    expect(text.length).toBeLessThan(150_000);
    const { differences, omitted } = JSON.parse(text);
    expect(differences.length + omitted).toBe(3000);
    expect(differences.length).toBeGreaterThan(100);
  });

  it('say that there is none', async () => {
    const outputs = outputsWith([await complete({ drift: [] })], {
      ...report,
      drift: false,
      differences: [],
    });
    expect(outputs.drift).toBe('false');
  });

  it('are not there without mode check', async () => {
    const outputs = outputsWith([await complete()], undefined);
    expect(outputs).not.toHaveProperty('drift');
    expect(outputs).not.toHaveProperty('drift-report');
  });

  it('do not say false for the account when the account could not be read', async () => {
    const outputs = outputsWith([await complete({ drift: [] })], undefined);
    expect(outputs).not.toHaveProperty('drift');
    expect(outputs).not.toHaveProperty('drift-report');
  });
});

describe('connectors of very many email domains', () => {
  /** What GitHub takes of all outputs of a job, in UTF-16 code units: 1 MiB. */
  const ALL_OUTPUTS = (1024 * 1024) / 2;

  function domainNumber(number: number, sample: SampleDomain = {}): DomainResult {
    const emailDomain = `subsidiary-number-${number}.example.com`;
    const connector = sampleConnector({ emailDomain, enabled: true, verificationStatus: 'verified' });
    const txtToday = Array(20).fill('v=spf1 include:example.net -all');
    const record = { renderRecord: () => 'x'.repeat(200), txtToday };
    const preflight = samplePreflight({ token: { evidence: 'x'.repeat(200) } }, emailDomain);
    const judged = { preflight, confirmed: true };
    return result({ name: emailDomain, connector, dns: sampleReport(), ...record, ...judged, ...sample });
  }

  const domainsOf = (count: number, sample?: SampleDomain) =>
    Array.from({ length: count }, (_, number) => domainNumber(number, sample));

  const drift: readonly Drift[] = (['not-verified', 'not-enabled', 'record-missing'] as const).map(
    (kind) => ({
      kind,
      email_domain: 'example.com',
      connector_id: CONNECTOR_ID,
      expected: `the TXT record "${CODE}"`,
      actual: 'the TXT record is gone: ns1.example.com (192.0.2.53) has no TXT record at all',
      remedy: 'Publish the TXT record, then run create, wait-for-dns and enable.',
    }),
  );

  it('are whole as long as there is room', () => {
    const [first] = JSON.parse(toOutputs(domainsOf(50)).connectors ?? '');
    expect(first).toHaveProperty('dns_report');
    expect(first).toHaveProperty('preflight_report');
    expect(first).toHaveProperty('txt_values');
    expect(first).toHaveProperty('record');
    expect(first).toHaveProperty('terraform_import');
  });

  it('are without what takes the most room where there is none, and every domain is there', () => {
    const list = JSON.parse(toOutputs(domainsOf(300)).connectors ?? '');
    expect(list).toHaveLength(300);
    for (const one of list) {
      expect(Object.keys(one)).not.toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^(dns_report|preflight_report|txt_values|record|terraform_import)$/),
        ]),
      );
    }
    expect(list[299]).toMatchObject({
      email_domain: 'subsidiary-number-299.example.com',
      connector_id: CONNECTOR_ID,
      verification_code: CODE,
      enabled: true,
      confirmed: true,
      dns_visible: true,
      state: 'enabled',
    });
  });

  it('fit into what GitHub takes for 1,000', () => {
    const { connectors = '' } = toOutputs(domainsOf(1000));
    expect(JSON.parse(connectors)).toHaveLength(1000);
    expect(connectors.length).toBeLessThan(ALL_OUTPUTS);
  });

  it('leave half of what GitHub takes to the other outputs for 1,000', () => {
    const { connectors = '' } = toOutputs(domainsOf(1000));
    expect(connectors.length).toBeLessThanOrEqual(ALL_OUTPUTS / 2);
  });

  it('fit into what GitHub takes for 1,000 that have drifted', () => {
    const { connectors = '' } = toOutputs(domainsOf(1000, { drift }));
    expect(connectors.length).toBeLessThan(ALL_OUTPUTS);
  });
});

describe('writeOutputs', () => {
  it('sets each output in the file of the runner and prints nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'outputs-'));
    const file = join(directory, 'output');
    await writeFile(file, '');
    vi.stubEnv('GITHUB_OUTPUT', file);
    try {
      const results = [await complete()];
      expect((await stdoutOf(() => writeOutputs(runOf(results)))).trim()).toBe('');
      const written = await readFile(file, 'utf8');
      const blocks = written.matchAll(
        /^(?<name>[^\n]+?)<<(?<end>ghadelimiter_\S+)\r?\n(?<value>.*?)\r?\n\k<end>$/gms,
      );
      const read = Object.fromEntries(blocks.map(({ groups = {} }) => [groups['name'], groups['value']]));
      expect(read).toEqual(toOutputs(results));
    } finally {
      vi.unstubAllEnvs();
      await rm(directory, { recursive: true });
    }
  });
});
