import { describe, expect, it } from 'vitest';
import {
  authoritativeServer,
  formatSocketAddress,
  parseResolver,
  parseSocketAddress,
  resolverServer,
} from '../../../src/dns/client/servers.ts';

describe('a resolver in the input', () => {
  it.each([
    ['cloudflare', ['1.1.1.1', '1.0.0.1'], true],
    ['Google', ['8.8.8.8', '8.8.4.4'], false],
    ['quad9', ['9.9.9.9', '149.112.112.112'], false],
    ['opendns', ['208.67.222.222', '208.67.220.220'], false],
  ])('may be known by name: %s', (text, hosts, required) => {
    expect(parseResolver(text)).toMatchObject({
      label: text.toLowerCase(),
      transport: 'auto',
      addresses: hosts.map((host) => ({ host, port: 53 })),
      required,
    });
  });

  it.each([
    ['192.0.2.1', '192.0.2.1', 'auto', { host: '192.0.2.1', port: 53 }],
    ['192.0.2.1:53', '192.0.2.1', 'auto', { host: '192.0.2.1', port: 53 }],
    ['192.0.2.1:5353', '192.0.2.1:5353', 'auto', { host: '192.0.2.1', port: 5353 }],
    ['2001:db8::1', '2001:db8::1', 'auto', { host: '2001:db8::1', port: 53 }],
    ['[2001:db8::1]:5353', '[2001:db8::1]:5353', 'auto', { host: '2001:db8::1', port: 5353 }],
    ['udp://192.0.2.1', 'udp://192.0.2.1', 'udp', { host: '192.0.2.1', port: 53 }],
    ['TCP://192.0.2.1:5353', 'tcp://192.0.2.1:5353', 'tcp', { host: '192.0.2.1', port: 5353 }],
  ])('may be an address or a URL: %s', (text, label, transport, address) => {
    expect(parseResolver(text)).toEqual({ label, transport, addresses: [address], required: false });
  });

  it.each([
    ['https://dns.google/dns-query', 'https://dns.google', ['8.8.8.8', '8.8.4.4'], 'dns.google'],
    ['HTTPS://DNS.Quad9.net', 'https://dns.quad9.net', ['9.9.9.9', '149.112.112.112'], 'dns.quad9.net'],
    [
      'https://cloudflare-dns.com/',
      'https://cloudflare-dns.com',
      ['1.1.1.1', '1.0.0.1'],
      'cloudflare-dns.com',
    ],
    [
      'https://doh.umbrella.com:443/dns-query',
      'https://doh.umbrella.com',
      ['208.67.222.222', '208.67.220.220'],
      'doh.umbrella.com',
    ],
  ])(
    'may be known by its HTTPS name, and then needs no other to be found: %s',
    (text, label, hosts, serverName) => {
      expect(parseResolver(text)).toEqual({
        label,
        transport: 'https',
        addresses: hosts.map((host) => ({ host, port: 443, serverName, path: '/dns-query' })),
        required: serverName === 'cloudflare-dns.com',
      });
    },
  );

  it.each([
    ['tls://dns.quad9.net', ['9.9.9.9', '149.112.112.112'], 'dns.quad9.net'],
    ['tls://dns.google:853', ['8.8.8.8', '8.8.4.4'], 'dns.google'],
    ['TLS://one.one.one.one', ['1.1.1.1', '1.0.0.1'], 'one.one.one.one'],
    ['tls://dns.opendns.com/', ['208.67.222.222', '208.67.220.220'], 'dns.opendns.com'],
  ])('may be known by its TLS name, and then needs no other to be found: %s', (text, hosts, serverName) => {
    expect(parseResolver(text)).toEqual({
      label: `tls://${serverName}`,
      transport: 'tls',
      addresses: hosts.map((host) => ({ host, port: 853, serverName })),
      required: serverName === 'one.one.one.one',
    });
  });

  it.each(['cloudflare', 'google', 'quad9', 'opendns'])(
    'that is known is found over HTTPS at the same addresses, where port 53 is blocked: %s',
    (name) => {
      const spec = parseResolver(name);
      expect(spec?.https?.map(({ host }) => host)).toEqual(spec?.addresses.map(({ host }) => host));
      for (const { port, serverName = '', path } of spec?.https ?? []) {
        expect({ port, path }).toEqual({ port: 443, path: '/dns-query' });
        expect(parseResolver(`https://${serverName}`)?.addresses).toEqual(spec?.https);
      }
      expect(spec && resolverServer(spec).https).toEqual(spec?.https);
    },
  );

  it.each([
    ['https://192.0.2.1', 'https://192.0.2.1', 'https', { host: '192.0.2.1', port: 443, path: '/dns-query' }],
    [
      'https://[2001:db8::1]:8443/q?profile=1',
      'https://[2001:db8::1]:8443/q',
      'https',
      { host: '2001:db8::1', port: 8443, path: '/q?profile=1' },
    ],
    [
      'https://doh.test/other',
      'https://doh.test/other',
      'https',
      { host: 'doh.test', port: 443, path: '/other' },
    ],
    ['tls://192.0.2.1', 'tls://192.0.2.1', 'tls', { host: '192.0.2.1', port: 853 }],
    ['tls://[2001:DB8:0::1]', 'tls://[2001:db8::1]', 'tls', { host: '2001:db8::1', port: 853 }],
    ['tls://dot.test:8853', 'tls://dot.test:8853', 'tls', { host: 'dot.test', port: 8853 }],
    ['tls://dot.test:443', 'tls://dot.test:443', 'tls', { host: 'dot.test', port: 443 }],
  ])(
    'may be encrypted, and is then checked by its own name or address: %s',
    (text, label, transport, address) => {
      expect(parseResolver(text)).toEqual({ label, transport, addresses: [address], required: false });
    },
  );

  it.each([
    'cloudflare',
    '1.1.1.1',
    '1.0.0.1:5353',
    'udp://1.0.0.1',
    'tcp://1.1.1.1:53',
    'tls://1.1.1.1',
    'tls://one.one.one.one',
    'https://1.0.0.1/dns-query',
    'https://cloudflare-dns.com/dns-query',
    '2606:4700:4700::1111',
    '2606:4700:4700:0:0:0:0:1001',
    'https://[2606:4700:4700::1111]/dns-query',
  ])("is required when it is Cloudflare's: %s", (text) => {
    expect(parseResolver(text)?.required).toBe(true);
  });

  it.each([
    '1.1.1.2',
    'https://security.cloudflare-dns.com',
    'tls://1.1.1.1.example',
    '2606:4700:4700::1112',
  ])("is not required when it is not Cloudflare's public one: %s", (text) => {
    expect(parseResolver(text)?.required).toBe(false);
  });

  it.each([
    '',
    'nowhere',
    'dns.example',
    'ftp://192.0.2.1',
    '192.0.2.1:0',
    '192.0.2.1:65536',
    '192.0.2.256',
    '[192.0.2.1]:53',
    '2001:db8::g',
    'udp://',
    '192.0.2.1:53:53',
    'udp://dns.google',
    'https://',
    'https://user:password@dns.google/dns-query',
    'https://user@doh.test',
    'https://doh.test/dns-query#part',
    'https://doh.test:0',
    'https://doh.test:65536',
    'https://two words',
    'tls://',
    'tls://dot.test/path',
    'tls://dot.test?a=b',
    'tls://2001:db8::1',
    'h3://doh.test',
  ])('is refused: %j', (text) => {
    expect(parseResolver(text)).toBeUndefined();
  });

  it('becomes a server that is asked as one', () => {
    const spec = parseResolver('udp://192.0.2.1');
    expect(spec && resolverServer(spec)).toEqual({
      label: 'udp://192.0.2.1',
      role: 'resolver',
      transport: 'udp',
      addresses: [{ host: '192.0.2.1', port: 53 }],
    });
  });
});

describe('a socket address', () => {
  it.each(['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:5353'])(
    'is written as it is read: %s',
    (text) => {
      const address = parseSocketAddress(text, 53);
      expect(address && formatSocketAddress(address)).toBe(text);
    },
  );

  it('has the default port unless it names one', () => {
    expect(parseSocketAddress('192.0.2.1', 853)).toEqual({ host: '192.0.2.1', port: 853 });
    expect(parseSocketAddress('[2001:db8::1]', 853)).toEqual({ host: '2001:db8::1', port: 853 });
  });
});

describe('an authoritative server', () => {
  it('is called by its name and address, or its address alone', () => {
    const address = { host: '192.0.2.53', port: 53 };
    expect(authoritativeServer(address, 'ns1.example.com')).toMatchObject({
      label: 'ns1.example.com (192.0.2.53)',
      role: 'authoritative',
      transport: 'auto',
    });
    expect(authoritativeServer({ ...address, port: 5300 }).label).toBe('192.0.2.53:5300');
  });
});
