import { describe, expect, it } from 'vitest';
import {
  authoritativeServer,
  formatSocketAddress,
  parseResolver,
  parseSocketAddress,
  resolverServer,
} from '../../src/dns/servers.ts';

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

  it.each(['1.1.1.1', 'udp://1.0.0.1', 'tcp://1.1.1.1:53'])(
    "is required when it is Cloudflare's: %s",
    (text) => {
      expect(parseResolver(text)?.required).toBe(true);
    },
  );

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
