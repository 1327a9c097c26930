import { describe, expect, it } from 'vitest';
import { parseRecordZone } from '../../src/domain/record-zone.ts';
import type { SsoRecord } from '../../src/domain/sso-record.ts';
import { dnscontrol } from '../../src/records/own/dnscontrol.ts';
import { findProgram } from '../real/dns-worlds.ts';
import { isSkipped, mustHaveRealTools, runTool, type ToolRun } from '../real/real-tools.ts';
import { HOSTILE_CODES, RECORD, target } from '../samples/record.ts';

const FILE = 'cloudflare-sso.js';
const OTHERS = 'A("@", "192.0.2.1"), TXT("@", "v=spf1 -all")';

/** A record of the intermediate representation, as far as it is read here. */
interface IrRecord {
  readonly type: string;
  readonly name: string;
  readonly target: string;
}

/** A dnsconfig.js with these zones, each with two records of its own, that loads the action's file. */
function dnsconfig(zones: readonly string[]): string {
  const declared = zones.map((zone) => `D(${JSON.stringify(zone)}, REG, DnsProvider(DNS), ${OTHERS});`);
  return [
    'var REG = NewRegistrar("none");',
    'var DNS = NewDnsProvider("bind", "BIND");',
    ...declared,
    `require("./${FILE}");`,
    '',
  ].join('\n');
}

/** The file that the action writes for these records, one after the other, perhaps with the input record-zone. */
function written(records: readonly Partial<SsoRecord>[], recordZone?: string): string {
  const zone = recordZone === undefined ? undefined : parseRecordZone(recordZone);
  return records.reduce<string>(
    (text, record) => dnscontrol.merge(text, { ...RECORD, ...record }, { ...target(FILE), zone }),
    '',
  );
}

function run(command: 'check' | 'print-ir', zones: readonly string[], text: string): ToolRun {
  return runTool('dnscontrol', [command], { files: { 'dnsconfig.js': dnsconfig(zones), [FILE]: text } });
}

/** The records that DNSControl has in addition to those of dnsconfig.js: `name in zone: text`. */
function added(zones: readonly string[], text: string): readonly string[] {
  const ir = JSON.parse(run('print-ir', zones, text).stdout) as {
    readonly domains: readonly { readonly name: string; readonly records: readonly IrRecord[] }[];
  };
  return ir.domains.flatMap(({ name: zone, records }) =>
    records
      .filter(({ type, target }) => type !== 'A' && target !== 'v=spf1 -all')
      .map(({ type, name, target }) => `${type} ${name} in ${zone}: ${target}`),
  );
}

it.runIf(mustHaveRealTools())('DNSControl is installed, as REQUIRE_REAL_TOOLS says', () => {
  expect(findProgram('dnscontrol')).toBeDefined();
});

/** What dnsconfig.js declares, the email domains, and what DNSControl then has more. */
interface Case {
  readonly zones: readonly string[];
  readonly emailDomains: readonly string[];
  /** The input record-zone. */
  readonly recordZone?: string;
  readonly added: readonly string[];
}

const CODE = RECORD.verificationCode;
const CASES: Readonly<Record<string, Case>> = {
  'one zone': {
    zones: ['example.com'],
    emailDomains: ['example.com'],
    added: [`TXT @ in example.com: ${CODE}`],
  },
  'a name below the zone': {
    zones: ['example.com'],
    emailDomains: ['eu.example.com'],
    added: [`TXT eu in example.com: ${CODE}`],
  },
  'a zone below another one': {
    zones: ['example.com', 'eu.example.com'],
    emailDomains: ['eu.example.com', 'example.com'],
    added: [`TXT @ in example.com: ${CODE}`, `TXT @ in eu.example.com: ${CODE}`],
  },
  'several zones, one of them without an email domain': {
    zones: ['example.com', 'example.net', 'example.org'],
    emailDomains: ['example.org', 'example.com'],
    added: [`TXT @ in example.com: ${CODE}`, `TXT @ in example.org: ${CODE}`],
  },
  'an internationalized name, declared by its A-label': {
    zones: ['xn--bcher-kva.example'],
    emailDomains: ['xn--bcher-kva.example', 'eu.xn--bcher-kva.example'],
    added: [`TXT @ in xn--bcher-kva.example: ${CODE}`, `TXT eu in xn--bcher-kva.example: ${CODE}`],
  },
  'an internationalized name, declared in Unicode': {
    zones: ['bücher.example'],
    emailDomains: ['xn--bcher-kva.example'],
    // DNSControl shows a zone as it is declared, and without its tag.
    added: [`TXT @ in bücher.example: ${CODE}`],
  },
  'a zone with a tag, which record-zone names': {
    zones: ['example.com!internal', 'example.com!external'],
    emailDomains: ['example.com', 'eu.example.com'],
    recordZone: 'example.com!external',
    added: [`TXT @ in example.com: ${CODE}`, `TXT eu in example.com: ${CODE}`],
  },
  'an internationalized zone, which record-zone names as it is declared': {
    zones: ['bücher.example!intern'],
    emailDomains: ['eu.xn--bcher-kva.example'],
    recordZone: 'bücher.example!intern',
    added: [`TXT eu in bücher.example: ${CODE}`],
  },
};

describe.skipIf(isSkipped('dnscontrol'))('dnscontrol', () => {
  it.each(Object.entries(CASES))('accepts and has exactly the records of %s', (_, { zones, ...given }) => {
    const records = given.emailDomains.map((emailDomain) => ({ emailDomain }));
    const text = written(records, given.recordZone);
    expect(run('check', zones, text)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(added(zones, text).toSorted()).toEqual(given.added.toSorted());
  });

  it('has what was rendered alone too', () => {
    expect(added(['example.com'], dnscontrol.render(RECORD))).toEqual([`TXT @ in example.com: ${CODE}`]);
  });

  it('has the later code, and not the earlier one beside it', () => {
    const text = written([{}, { emailDomain: 'eu.example.com' }, { verificationCode: 'later' }]);
    expect(added(['example.com'], text).toSorted()).toEqual([
      'TXT @ in example.com: later',
      `TXT eu in example.com: ${CODE}`,
    ]);
  });

  // Of the others, DNS could carry the bytes, but no code has them.
  it.each(HOSTILE_CODES.filter((code) => /^[\x21-\x7e]+$/.test(code)))('reads %j as text', (code) => {
    expect(added(['example.com'], written([{ verificationCode: code }]))).toEqual([
      `TXT @ in example.com: ${code}`,
    ]);
  });

  it.each([256, 418])('reads a text of %d characters', (length) => {
    const verificationCode = 'cloudflare_dashboard_sso='.padEnd(length, '0123456789');
    expect(added(['example.com'], written([{ verificationCode }]))).toEqual([
      `TXT @ in example.com: ${verificationCode}`,
    ]);
  });

  it.each<[string, string, string]>([
    ['a zone that nobody declares', 'example.org', 'example.com'],
    ['a zone with a tag', 'example.com!external', 'example.com'],
  ])('refuses to extend %s by the email domain alone', (_, zone, emailDomain) => {
    const { exitCode, stdout, stderr } = run('check', [zone], written([{ emailDomain }]));
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain(`${emailDomain} was not declared`);
  });
});
