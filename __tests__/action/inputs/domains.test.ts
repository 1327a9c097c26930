import { describe, expect, it } from 'vitest';
import { textWith } from '../../checks/facts.ts';
import { refusalOf, settingsOf } from '../../real/action-inputs.ts';
import { UNPRINTABLE } from '../../samples/hostile-text.ts';
import { CODE, CONNECTOR_ID } from '../../samples/results.ts';

describe('readSettings: email-domain', () => {
  it('cleans, converts and lists every domain once', async () => {
    const text = '@Example.COM, bücher.example.\nexample.com.\r\n, XN--BCHER-KVA.example\n\nzweite.example';
    const { settings } = await settingsOf({ 'email-domain': text });
    expect(settings.emailDomains).toEqual(['example.com', 'xn--bcher-kva.example', 'zweite.example']);
  });

  it('is refused when missing, unless there is a connector ID', async () => {
    const { message, hint } = await refusalOf({ 'email-domain': '' });
    expect(message).toMatch(/email-domain\b.*\bmissing/);
    expect(hint).toContain('example.com');
    expect(hint).toContain('connector-id');
    const { settings } = await settingsOf({ 'email-domain': '', 'connector-id': CONNECTOR_ID });
    expect(settings).toMatchObject({ emailDomains: [], connectorId: CONNECTOR_ID });
  });

  it.each([
    ['jane@company.example', 'email address'],
    ['https://www.company.example/login', 'URL'],
    ['company.example/login', 'URL'],
  ])('is refused as %j, with the domain that was meant', async (text, what) => {
    const { message, hint } = await refusalOf({ 'email-domain': `good.example, ${text}` });
    expect(message).toContain(`email-domain: "${text}"`);
    expect(message).toContain(what);
    expect(hint).toMatch(/\bmean\b.* company\.example\b/);
  });

  it.each([
    ['192.0.2.1', ['IP address']],
    ['2001:db8::1', ['IP address']],
    ['1.2.3', ['IP address']],
    ['localhost', ['single label']],
    [`${'a'.repeat(64)}.com`, ['label', '64', '63']],
    ['exa mple.com', ['characters']],
  ])('is refused as %j, with an example', async (text, facts) => {
    const { message, hint } = await refusalOf({ 'email-domain': `good.example, ${text}` });
    expect(message).toContain(`email-domain: "${text}"`);
    const [, reason] = message.split(`"${text}"`);
    for (const fact of facts) expect(reason).toContain(fact);
    expect(hint).toContain('example.com');
    expect(hint).not.toContain('mean');
  });

  it('is refused over 253 bytes, and the message is not as long as the name', async () => {
    const { message } = await refusalOf({ 'email-domain': `${'abcdefg.'.repeat(200)}com` });
    expect(message).toMatch(/email-domain\b.*\b1603 bytes\b.*\b253\b/);
    expect(message.length).toBeLessThan(300);
  });

  it('is refused with control characters in it, which are shown as escapes', async () => {
    const { message } = await refusalOf({ 'email-domain': 'exa\u001b[31mmple.com' });
    expect(message).not.toMatch(UNPRINTABLE);
    expect(message).toContain('exa\\u{1b}[31mmple.com');
  });
});

describe('readSettings: connector-id and verification-code', () => {
  it('accepts both with one email domain', async () => {
    const { settings } = await settingsOf({ 'connector-id': CONNECTOR_ID, 'verification-code': CODE });
    expect(settings).toMatchObject({ connectorId: CONNECTOR_ID, verificationCode: CODE });
  });

  it.each([
    ['connector-id', CONNECTOR_ID],
    ['verification-code', CODE],
  ])('refuses %s with several email domains', async (name, value) => {
    const { message, hint } = await refusalOf({ [name]: value, 'email-domain': 'a.example, b.example' });
    expect(message).toMatch(new RegExp(`${name}\\b.*\\b2 email domains`));
    expect(hint).toContain(name);
    expect(hint).toContain('email-domain');
  });

  it('counts a domain that is named twice once', async () => {
    const { settings } = await settingsOf({
      'connector-id': CONNECTOR_ID,
      'email-domain': 'a.example, A.example',
    });
    expect(settings.connectorId).toBe(CONNECTOR_ID);
  });

  it.each(['../accounts', 'a/b', 'a b', 'a?b', 'x'.repeat(65), 'a\nb'])(
    'refuses the connector ID %j',
    async (id) => {
      const { message, hint } = await refusalOf({ 'connector-id': id });
      expect(message).toContain(`connector-id: "${id.replace('\n', '\\n')}"`);
      expect(message).toContain('connector ID');
      expect(message).not.toMatch(UNPRINTABLE);
      expect(hint).toMatch(/\bconnector-id\b.*\bcreate\b/);
    },
  );

  it.each([
    ['"quoted"', '""quoted""'],
    ['two words', '"two words"'],
    ['a\nb', '"a\\nb"'],
    ['ü', '"ü"'],
    ['x'.repeat(256), `"${'x'.repeat(100)}… (256 characters)"`],
  ])('refuses the verification code %j', async (code, shown) => {
    const { message, hint } = await refusalOf({ 'verification-code': code });
    expect(message).toContain(`verification-code: ${shown}`);
    expect(message).toContain('verification code');
    expect(message).not.toMatch(UNPRINTABLE);
    expect(hint).toContain('quotes');
  });

  it('refuses the digits of a code alone, which would make the right record look wrong', async () => {
    const digits = CODE.replace(/^.*=/, '');
    const { message, hint } = await refusalOf({ 'verification-code': digits });
    expect(message).toContain(`verification-code: "${digits}"`);
    expect(message).toContain('cloudflare_dashboard_sso=');
    expect(hint).toContain('whole');
  });
});

describe('readSettings: CLOUDFLARE_SSO_CONNECTOR_ID', () => {
  const INHERITED = { CLOUDFLARE_SSO_CONNECTOR_ID: CONNECTOR_ID };
  const GIVEN = 'ffffffffffffffffffffffffffffffff';
  const NOTICE = [textWith('CLOUDFLARE_SSO_CONNECTOR_ID', 'ignored', 'email-domain', 'connector-id')];

  it('names the connector where nothing else does', async () => {
    const { settings } = await settingsOf({ 'email-domain': '' }, INHERITED);
    expect(settings).toMatchObject({ connectorId: CONNECTOR_ID, emailDomains: [], notices: [] });
  });

  it('is trimmed, and is none when it is blank', async () => {
    const padded = { CLOUDFLARE_SSO_CONNECTOR_ID: ` ${CONNECTOR_ID}\n` };
    expect((await settingsOf({ 'email-domain': '' }, padded)).settings.connectorId).toBe(CONNECTOR_ID);
    const blank = { CLOUDFLARE_SSO_CONNECTOR_ID: ' ' };
    expect((await settingsOf({}, blank)).settings).toMatchObject({ connectorId: undefined, notices: [] });
    expect((await refusalOf({ 'email-domain': '' }, blank)).message).toMatch(/email-domain\b.*\bmissing/);
  });

  it('is ignored with a notice where email-domain names the connector', async () => {
    const { settings } = await settingsOf({}, INHERITED);
    expect(settings).toMatchObject({
      connectorId: undefined,
      emailDomains: ['example.com'],
      notices: NOTICE,
    });
  });

  it('is ignored with a notice also with several email domains, which is no error', async () => {
    const { settings } = await settingsOf({ 'email-domain': 'a.example, b.example' }, INHERITED);
    expect(settings).toMatchObject({
      connectorId: undefined,
      emailDomains: ['a.example', 'b.example'],
      notices: NOTICE,
    });
  });

  it('is ignored whatever is in it', async () => {
    const { settings } = await settingsOf({}, { CLOUDFLARE_SSO_CONNECTOR_ID: '../accounts' });
    expect(settings).toMatchObject({ connectorId: undefined, notices: NOTICE });
    expect(JSON.stringify(settings.notices)).not.toContain('../accounts');
  });

  it.each(['disable', 'delete', 'check', 'enable'])('is ignored in mode %s as well', async (mode) => {
    const { settings } = await settingsOf({ mode }, INHERITED);
    expect(settings).toMatchObject({ connectorId: undefined, notices: NOTICE });
  });

  it('counts for nothing where the input is given, which counts with one email domain', async () => {
    for (const emailDomain of ['example.com', '']) {
      const inputs = { 'email-domain': emailDomain, 'connector-id': GIVEN };
      expect((await settingsOf(inputs, INHERITED)).settings).toMatchObject({
        connectorId: GIVEN,
        notices: [],
      });
    }
  });

  it('does not make a given ID with several email domains right', async () => {
    const inputs = { 'email-domain': 'a.example, b.example', 'connector-id': CONNECTOR_ID };
    expect((await refusalOf(inputs, INHERITED)).message).toMatch(/connector-id\b.*\b2 email domains/);
  });

  it('is refused when it counts and is no connector ID', async () => {
    const environment = { CLOUDFLARE_SSO_CONNECTOR_ID: '../accounts' };
    const { message } = await refusalOf({ 'email-domain': '' }, environment);
    expect(message).toMatch(/connector-id\b.*connector ID/);
  });
});
