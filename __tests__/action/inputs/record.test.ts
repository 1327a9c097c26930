import { describe, expect, it } from 'vitest';
import { RECORD_FORMAT_NAMES } from '../../../src/domain/sso-record.ts';
import { facts } from '../../checks/facts.ts';
import { refusalOf, settingsOf } from '../../real/action-inputs.ts';

const FORMATS = ['bind', 'octodns', 'dnscontrol', 'terraform', 'tfvars', 'json'];

describe('readSettings: record-format and record-file', () => {
  it('writes no record unless told to', async () => {
    expect((await settingsOf({})).settings.record).toBeUndefined();
    expect((await settingsOf({ 'record-format': ' ', 'record-file': '' })).settings.record).toBeUndefined();
  });

  it.each(RECORD_FORMAT_NAMES)('accepts the format %s, with and without a file', async (format) => {
    const inputs = { 'record-format': format };
    expect((await settingsOf(inputs)).settings.record).toEqual({
      format,
      file: undefined,
      zone: undefined,
    });
    const { settings } = await settingsOf({ ...inputs, 'record-file': ' dns/zone.file ' });
    expect(settings.record).toEqual({ format, file: 'dns/zone.file', zone: undefined });
  });

  it('accepts the format in capitals', async () => {
    const { settings } = await settingsOf({ 'record-format': 'OctoDNS' });
    expect(settings.record?.format).toBe('octodns');
  });

  it.each(['yaml', 'zone', 'bind, json', 'toString'])('refuses the format %j', async (format) => {
    const { message, hint } = await refusalOf({ 'record-format': format });
    expect(message).toContain(`record-format: "${format}"`);
    for (const name of FORMATS) expect(hint).toContain(name);
  });

  it('refuses a file without a format', async () => {
    const { message, hint } = await refusalOf({ 'record-file': 'zone.file' });
    expect(message).toMatch(/record-file\b.*\brecord-format\b/);
    for (const name of FORMATS) expect(hint).toContain(name);
  });

  it.each(['wait-for-dns, enable', 'check', 'publish-dns', 'disable, delete'])(
    'refuses a format for the modes %s, which write none',
    async (mode) => {
      const { message, hint } = await refusalOf({ mode, 'record-format': 'json' });
      expect(message).toMatch(/record-format\b.*\bmode\b/);
      expect(hint).toMatch(/\bcreate\b.*\bmode\b/);
    },
  );

  it.each([
    ['tfvars', 'dns/main.tf'],
    ['tfvars', 'Main.TF'],
    ['json', 'dns.tofu'],
  ])('refuses %s for a file of Terraform: %s', async (format, file) => {
    const { message, hint } = await refusalOf({ 'record-format': format, 'record-file': file });
    expect(message).toMatch(facts('record-file', file, format));
    expect(hint).toContain('.json');
  });

  it('refuses tfvars if no authoritative server may be asked', async () => {
    const { message, hint } = await refusalOf({
      'record-format': 'tfvars',
      'authoritative-servers': 'off',
    });
    expect(message).toMatch(/record-format: tfvars\b.*\bauthoritative-servers\b.*\boff\b/);
    expect(hint).toContain('authoritative-servers');
    expect(hint).toContain('addresses');
  });

  it.each(['auto', '192.0.2.53'])('accepts tfvars with the authoritative servers %s', async (servers) => {
    const inputs = { 'record-format': 'tfvars', 'authoritative-servers': servers };
    expect((await settingsOf(inputs)).settings.record?.format).toBe('tfvars');
  });

  it.each(RECORD_FORMAT_NAMES.filter((name) => name !== 'tfvars'))(
    'accepts %s even if no authoritative server may be asked',
    async (format) => {
      const inputs = { 'record-format': format, 'authoritative-servers': 'off' };
      expect((await settingsOf(inputs)).settings.record?.format).toBe(format);
    },
  );
});

describe('readSettings: record-zone', () => {
  it.each([
    ['bind', 'example.com'],
    ['octodns', 'Example.com.'],
    ['bind', '{email-domain}'],
    ['terraform', 'example.com'],
    ['octodns', 'bücher.example'],
    ['dnscontrol', 'bücher.example!external'],
    ['dnscontrol', 'example.com!external'],
    ['dnscontrol', 'example.com!'],
    ['dnscontrol', '{email-domain}!int-2'],
  ])('accepts for %s: %s', async (format, zone) => {
    const { settings } = await settingsOf({ 'record-format': format, 'record-zone': ` ${zone} ` });
    expect(settings.record?.zone).toBe(zone);
  });

  it.each([
    ['bind', 'zones/example.com.zone', 'example.com'],
    ['bind', 'a b', 'example.com'],
    ['bind', '.', 'example.com'],
    ['bind', 'example.com!external', 'DNSControl'],
    ['octodns', 'example.com!external', 'DNSControl'],
    ['dnscontrol', 'example.com!a!b', '!external'],
    ['dnscontrol', '!external', '!external'],
    ['tfvars', 'example.com', 'Leave out'],
    ['json', 'example.com', 'Leave out'],
  ])('refuses for %s: %s', async (format, zone, remedy) => {
    const { message, hint } = await refusalOf({ 'record-format': format, 'record-zone': zone });
    expect(message).toContain(`record-zone: "${zone}"`);
    expect(hint).toContain(remedy);
  });

  it('is refused without a format', async () => {
    const { message } = await refusalOf({ 'record-zone': 'example.com' });
    expect(message).toMatch(/record-zone\b.*\brecord-format\b/);
  });
});
