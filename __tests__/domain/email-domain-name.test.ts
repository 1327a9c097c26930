import { describe, expect, it } from 'vitest';
import { parseEmailDomain } from '../../src/domain/email-domain-name.ts';

const label63 = 'a'.repeat(63);
const name253 = `${label63}.${label63}.${label63}.${'a'.repeat(61)}`;

describe('parseEmailDomain', () => {
  it.each([
    ['example.com', 'example.com'],
    ['@example.com', 'example.com'],
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['@Example.COM.', 'example.com'],
    ['sub.example.co.uk', 'sub.example.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['3com.example', '3com.example'],
    ['a--b.example', 'a--b.example'],
    [`${label63}.example`, `${label63}.example`],
    [name253, name253],
  ])('reads %j as %j', (text, domain) => {
    expect(parseEmailDomain(text)).toEqual({ ok: true, domain });
  });

  it.each([
    ['ops@example.com', 'is an email address, not a domain', 'example.com'],
    ['mailto:ops@Example.com', 'is an email address, not a domain', 'example.com'],
    ['@@example.com', 'is an email address, not a domain', 'example.com'],
    ['https://example.com', 'is a URL, not a domain', 'example.com'],
    ['HTTPS://www.example.com/login?a=b', 'is a URL, not a domain', 'example.com'],
    ['example.com/login', 'is a URL, not a domain', 'example.com'],
    ['https://ops:secret@example.com:8443/', 'is a URL, not a domain', 'example.com'],
  ])('refuses %j and says which domain was probably meant', (text, problem, suggestion) => {
    expect(parseEmailDomain(text)).toEqual({ ok: false, problem, suggestion });
  });

  it.each(['https://192.0.2.1/', 'https://', 'ops@localhost', 'ops@'])(
    'suggests nothing for %j, which has no domain in it',
    (text) => {
      const parsed = parseEmailDomain(text);
      expect(parsed).toEqual({ ok: false, problem: expect.any(String) });
    },
  );

  it.each(['192.0.2.1', '1.2.3', '0x7f.1', '2001:db8::1', '[2001:db8::1]', '::1'])(
    'refuses the IP address %j',
    (text) => {
      expect(parseEmailDomain(text)).toEqual({ ok: false, problem: 'is an IP address, not a domain' });
    },
  );

  it.each(['localhost', '@com', 'example.'])('refuses the single label %j', (text) => {
    expect(parseEmailDomain(text)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('single label'),
    });
  });

  it('refuses a label over 63 bytes and says how long it is', () => {
    expect(parseEmailDomain(`${'a'.repeat(64)}.example`)).toEqual({
      ok: false,
      problem: 'has a label of 64 bytes; a label has at most 63',
    });
  });

  it('counts the bytes of the A-label, not the characters that were typed', () => {
    const typed = 'ü'.repeat(60);
    expect(parseEmailDomain(`${typed}.example`)).toMatchObject({ ok: false });
  });

  it('refuses a name over 253 bytes and says how long it is', () => {
    expect(parseEmailDomain(`a${name253.slice(0, -1)}.b`)).toMatchObject({ ok: false });
    expect(parseEmailDomain(`${label63}.${label63}.${label63}.${'a'.repeat(62)}`)).toEqual({
      ok: false,
      problem: 'is 254 bytes long; a domain name has at most 253',
    });
  });

  it.each([
    '',
    '@',
    '.',
    'example..com',
    '.example.com',
    'exam ple.com',
    'example.com:25',
    'example.com?x',
    '*.example.com',
    '_dmarc.example.com',
    '-a.example',
    'a-.example',
    'exa%6dple.com',
    'a\\b.example',
    'example.123',
    '256.256.256.256',
    'exa\u0000mple.com',
    'example.com\n::error::x',
    'exam\u202eple.com',
  ])('refuses %j', (text) => {
    expect(parseEmailDomain(text)).toMatchObject({ ok: false, problem: expect.any(String) });
  });
});
