import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parseRecordZone } from '../../../src/domain/record-zone.ts';
import { dnscontrol } from '../../../src/records/own/dnscontrol.ts';
import { HOSTILE_CODES, RECORD, target } from '../../samples/record.ts';

const TARGET = target('cloudflare-sso.js');
const EU = { ...RECORD, emailDomain: 'eu.example.com', verificationCode: 'cloudflare_dashboard_sso=eu' };

/** What the script declares, as DNSControl would see it. */
function declared(script: string): Record<string, unknown> {
  const calls: Record<string, unknown> = {};
  const context = createContext({
    TXT: (label: string, text: string) => ({ label, text }),
    D_EXTEND: (domain: string, ...records: unknown[]) => {
      expect(calls).not.toHaveProperty([domain]);
      calls[domain] = records;
    },
  });
  runInContext(script, context);
  return calls;
}

function merge(current: string | undefined, record = RECORD): string {
  return dnscontrol.merge(current, record, TARGET);
}

describe('dnscontrol', () => {
  it('renders one statement', () => {
    expect(dnscontrol.render(RECORD)).toBe(
      'D_EXTEND("example.com", TXT("@", "cloudflare_dashboard_sso=0123456789abcdef"));\n',
    );
  });

  it('starts a new file with who writes it and how to load it', () => {
    const text = merge(undefined);
    expect(text).toMatch(/^\/\/ Written by cloudflare-dashboard-sso-connector.*\n.*require\(/);
    expect(declared(text)).toEqual({ 'example.com': [{ label: '@', text: RECORD.verificationCode }] });
  });

  it('keeps the other domains, replaces its own, and changes nothing the second time', () => {
    const both = merge(merge(undefined), EU);
    const changed = merge(both, { ...RECORD, verificationCode: 'new' });
    expect(declared(changed)).toEqual({
      'example.com': [{ label: '@', text: 'new' }],
      'eu.example.com': [{ label: '@', text: EU.verificationCode }],
    });
    expect(merge(both)).toBe(both);
    expect(merge(both, EU)).toBe(both);
  });

  it('recognises a file from an earlier version by its first line', () => {
    const earlier = `// Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".
// In dnsconfig.js, after the D() of the zones: require("./THIS-FILE.js");

// begin example.com
D_EXTEND("example.com", TXT("@", "old"));
// end example.com
`;
    expect(merge(earlier)).toBe(earlier.replace('"old"', JSON.stringify(RECORD.verificationCode)));
  });

  it.each(HOSTILE_CODES)('writes %j as a string', (verificationCode) => {
    const text = merge(merge(undefined, { ...RECORD, verificationCode }), EU);
    expect(declared(text)).toMatchObject({ 'example.com': [{ label: '@', text: verificationCode }] });
    expect(text).not.toMatch(/[\u2028\u2029]/);
  });

  it('refuses a file that somebody else wrote', () => {
    expect(() => merge('D("example.com", REG);\n')).toThrow(
      expect.objectContaining({ line: 1, column: 1, message: expect.stringContaining('did not create') }),
    );
    expect(() => merge('D("example.com", REG);\n')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('require()') }),
    );
  });
});

/** What is added to the domains of a configuration, by DNSControl's rule: the longest spelling that is the name or ends it. */
function extended(script: string, declaredNames: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const context = createContext({
    TXT: (label: string) => label,
    D_EXTEND: (name: string, label: string) => {
      const zone = declaredNames
        .filter((each) => name === each || name.endsWith(`.${each}`))
        .toSorted((a, b) => b.length - a.length)[0];
      if (zone === undefined) throw new Error(`${name} was not declared yet`);
      found[zone] = [name.slice(0, -zone.length - 1), label]
        .filter((part) => !['', '@'].includes(part))
        .join('.');
    },
  });
  runInContext(script, context);
  return found;
}

describe('the domain that dnscontrol extends', () => {
  const scriptFor = (emailDomain: string, zone: string | undefined) =>
    dnscontrol.merge(
      undefined,
      { ...RECORD, emailDomain },
      { ...TARGET, zone: zone === undefined ? undefined : parseRecordZone(zone) },
    );

  it.each([
    ['a tag', 'example.com', 'example.com!external', ['example.com!internal', 'example.com!external'], ''],
    [
      'a tag, and a name below',
      'a.eu.example.com',
      'example.com!x',
      ['example.com', 'example.com!x'],
      'a.eu',
    ],
    ['an empty tag', 'example.com', 'example.com!', ['example.com!', 'example.com!x'], ''],
    ['capitals', 'eu.example.com', 'Example.com', ['Example.com'], 'eu'],
    ['U-labels', 'eu.xn--bcher-kva.example', 'bücher.example', ['bücher.example'], 'eu'],
    ['U-labels and a tag', 'xn--bcher-kva.example', 'bücher.example!int', ['bücher.example!int'], ''],
    ['a zone above another', 'a.eu.example.com', 'example.com', ['eu.example.com', 'example.com'], 'a.eu'],
  ])('is the stated one, as it is spelled: %s', (_, emailDomain, zone, names, label) => {
    const spelling = names.find((name) => name === zone) ?? '';
    expect(extended(scriptFor(emailDomain, zone), names)).toEqual({ [spelling]: label });
  });

  it.each([
    ['xn--bcher-kva.example', 'bücher.example', ''],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', ''],
    ['eu.xn--bcher-kva.example', 'bücher.example', 'eu'],
    ['eu.xn--bcher-kva.example', 'xn--bcher-kva.example', 'eu'],
    ['xn--bcher-kva.example.com', 'example.com', 'bücher'],
  ])('may have either spelling of an internationalized name: %s in %s', (emailDomain, name, label) => {
    expect(extended(scriptFor(emailDomain, undefined), [name])).toEqual({ [name]: label });
  });

  it('must be declared', () => {
    expect(() => extended(scriptFor('xn--bcher-kva.example', undefined), ['example.org'])).toThrow('xn--');
  });

  it('may change without a second region', () => {
    const tagged = scriptFor('example.com', 'example.com!external');
    const untagged = dnscontrol.merge(tagged, RECORD, TARGET);
    expect(untagged).toBe(merge(undefined));
  });
});
