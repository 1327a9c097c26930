import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
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
