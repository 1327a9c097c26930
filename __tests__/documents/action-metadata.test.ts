import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INPUT_DEFAULTS } from '../../src/action/inputs/values.ts';
import { type OutputName, toOutputs } from '../../src/action/outputs/outputs.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import { MODE_NAMES } from '../../src/domain/mode-names.ts';
import type { RunResult } from '../../src/domain/run-result.ts';
import { MODES } from '../../src/modes/index.ts';
import { NO_DRIFT } from '../samples/drift.ts';
import { samplePreflight } from '../samples/preflight.ts';
import { sampleConnector, sampleDomain, sampleReport } from '../samples/results.ts';

interface Metadata {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: unknown; readonly required?: unknown }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const root = new URL('../../', import.meta.url);
const metadata = parse(readFileSync(new URL('action.yml', root), 'utf8')) as Metadata;

/** The compiler wants every name that src can write in here, and no other. */
const OUTPUT_NAMES: Readonly<Record<OutputName, true>> = {
  'connector-id': true,
  'email-domain': true,
  'verification-code': true,
  'verification-status': true,
  enabled: true,
  created: true,
  changed: true,
  state: true,
  'record-name': true,
  'record-type': true,
  'record-value': true,
  'record-id': true,
  'zone-id': true,
  record: true,
  'txt-values': true,
  'dns-visible': true,
  'dns-report': true,
  'timed-out': true,
  'preflight-report': true,
  confirmed: true,
  drift: true,
  'drift-report': true,
  'terraform-import': true,
  'sso-app-id': true,
  connectors: true,
};

/** Everything that can be known. */
const one = sampleDomain({
  connector: sampleConnector(),
  dns: sampleReport(),
  txtToday: [],
  renderRecord: () => 'the record',
  dnsRecord: { zoneId: 'an ID', id: 'an ID' },
  drift: [],
  ssoApp: { id: 'an ID', uid: 'an ID', name: 'SSO App' },
  preflight: samplePreflight(),
  confirmed: true,
});

function runOf(...all: readonly EmailDomain[]): RunResult {
  const domains = all.map((domain) => ({ domain, failure: undefined }));
  return { domains, drift: NO_DRIFT, driftIssueUrl: undefined, changed: false, failures: [] };
}

describe('action.yml', () => {
  it('has the inputs that are read, in both directions, with the same defaults', () => {
    const defaults = Object.fromEntries(
      Object.entries(metadata.inputs).map(([name, input]) => [name, input.default]),
    );
    // The runner fills this one in; without a runner there is no token.
    expect(defaults).toEqual({ ...INPUT_DEFAULTS, 'github-token': expect.stringContaining('github.token') });
    expect(Object.keys(metadata.inputs).sort()).toEqual(Object.keys(INPUT_DEFAULTS).sort());
  });

  it('gives every default as a string, as the runner does', () => {
    for (const [name, input] of Object.entries(metadata.inputs)) {
      if ('default' in input) expect(input.default, name).toBeTypeOf('string');
    }
  });

  it('requires the mode and nothing else', () => {
    const required = Object.entries(metadata.inputs).filter(([, input]) => input.required !== undefined);
    expect(required).toEqual([['mode', expect.objectContaining({ required: true })]]);
  });

  it('has the outputs that are written, in both directions', () => {
    const outputs = Object.keys(metadata.outputs).sort();
    expect(outputs).toEqual(Object.keys(OUTPUT_NAMES).sort());
    expect(Object.keys(toOutputs(runOf(one))).sort()).toEqual(outputs);
    expect(outputs).toEqual(expect.arrayContaining(Object.keys(toOutputs(runOf(one, one)))));
  });

  it('lists in connectors exactly what it has as outputs', () => {
    const list = JSON.parse(toOutputs(runOf(one)).connectors ?? '') as object[];
    const names = Object.keys(metadata.outputs).filter((name) => name !== 'connectors');
    expect(Object.keys(list[0] ?? {}).sort()).toEqual(names.map((name) => name.replaceAll('-', '_')).sort());
  });

  it('describes every input and output in a line', () => {
    const all = [...Object.entries(metadata.inputs), ...Object.entries(metadata.outputs)];
    for (const [name, { description }] of all) expect(description, name).toMatch(/^[^\n]{10,200}$/);
  });

  it('names every mode in the description of the mode, and each is in the registry', () => {
    for (const mode of MODE_NAMES) expect(metadata.inputs['mode']?.description).toContain(mode);
    expect(Object.keys(MODES).sort()).toEqual([...MODE_NAMES].sort());
  });

  it('runs a file that exists on Node.js 24', () => {
    expect(metadata.runs.using).toBe('node24');
    expect(existsSync(fileURLToPath(new URL(metadata.runs.main, root)))).toBe(true);
  });
});
