import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ActionError } from '../src/errors.ts';
import { toOutputs as outputsOf, writeOutputs } from '../src/outputs.ts';
import type { DomainResult, Progress, RunResult } from '../src/progress.ts';
import { withConnector } from '../src/progress.ts';
import { importBlock } from '../src/records/terraform.ts';
import { stdoutOf } from './support/captured-stdout.ts';
import {
  ACCOUNT_ID,
  CODE,
  CONNECTOR_ID,
  sampleConnector,
  sampleProgress,
  sampleReport,
  sampleSettings,
} from './support/samples.ts';

function result(changes: Partial<Progress> = {}, failure?: ActionError): DomainResult {
  return { progress: sampleProgress(changes), failure };
}

/** Everything that can be known about a domain. */
function complete(changes: Partial<Progress> = {}): DomainResult {
  const progress = withConnector(sampleProgress({ created: true, changed: true }), sampleConnector());
  return {
    progress: { ...progress, dns: sampleReport(), txtToday: ['v=spf1 -all'], ...changes },
    failure: undefined,
  };
}

function runOf(domains: readonly DomainResult[]): RunResult {
  const changed = domains.some(({ progress }) => progress.changed);
  return { domains, changed, drift: undefined, driftIssueUrl: undefined, failures: [] };
}

const toOutputs = (domains: readonly DomainResult[]) => outputsOf(runOf(domains), sampleSettings());

describe('toOutputs with one email domain', () => {
  it('says all that is known, everything as text', () => {
    const { connectors, ...outputs } = toOutputs([complete()]);
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
    const codeAlone = result({ emailDomain: undefined, verificationCode: CODE });
    expect(toOutputs([codeAlone])).not.toHaveProperty('record-type');
    expect(toOutputs([result({ verificationCode: CODE })])).toMatchObject({
      'record-name': 'example.com',
      'record-type': 'TXT',
      'record-value': CODE,
    });
  });

  it('still says what is known when the work on the domain failed', () => {
    const failed = { ...complete({ timedOut: true }), failure: new ActionError('It failed.') };
    expect(toOutputs([failed])).toMatchObject({ changed: 'true', 'timed-out': 'true', created: 'true' });
  });

  it('says absent when Cloudflare knows no connector', () => {
    expect(toOutputs([result({ isAbsent: true })])).toMatchObject({ state: 'absent' });
  });

  it('writes no undefined value anywhere', () => {
    for (const one of [result(), result({ verificationCode: CODE }), complete()]) {
      const outputs = Object.entries(toOutputs([one]));
      for (const [name, value] of outputs) {
        expect(value, name).toBeTypeOf('string');
        expect(value, name).not.toContain('undefined');
      }
    }
  });
});

describe('toOutputs with several email domains', () => {
  const enabled = complete({ connector: sampleConnector({ enabled: true, verificationStatus: 'verified' }) });
  const idle = result({ emailDomain: 'b.example', isAbsent: true, timedOut: true });

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

describe('writeOutputs', () => {
  it('sets each output in the file of the runner and prints nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'outputs-'));
    const file = join(directory, 'output');
    await writeFile(file, '');
    vi.stubEnv('GITHUB_OUTPUT', file);
    try {
      const results = [complete()];
      expect((await stdoutOf(() => writeOutputs(runOf(results), sampleSettings()))).trim()).toBe('');
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
