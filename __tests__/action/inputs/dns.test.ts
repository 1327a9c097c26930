import { describe, expect, it } from 'vitest';
import { refusalOf, settingsOf } from '../../real/action-inputs.ts';

describe('readSettings: resolvers', () => {
  it('names each resolver once', async () => {
    const { settings } = await settingsOf({
      resolvers: 'google, Google\n192.0.2.1:5353, tcp://[2001:db8::1]',
    });
    expect(settings.dns.resolvers.map(({ label }) => label)).toEqual([
      'google',
      '192.0.2.1:5353',
      'tcp://2001:db8::1',
    ]);
    expect(settings.dns.quorum).toBe(2);
  });

  it.each(['cloudfare', 'resolver.example', 'ftp://192.0.2.1', '192.0.2.1:70000', '192.0.2.1:0'])(
    'refuses the resolver %j',
    async (text) => {
      const { message, hint } = await refusalOf({ resolvers: `google, ${text}` });
      expect(message).toContain(`resolvers: "${text}"`);
      expect(hint).toContain('cloudflare, google, quad9, opendns');
    },
  );

  it('refuses a list without any resolver', async () => {
    const { message, hint } = await refusalOf({ resolvers: ' , ' });
    expect(message).toMatch(/resolvers\b.*\bno resolver/);
    expect(hint).toContain('cloudflare, google, quad9, opendns');
  });
});

describe('readSettings: quorum', () => {
  it.each([
    ['majority', 3],
    ['all', 4],
    ['1', 1],
    ['4', 4],
  ])('reads %j of four resolvers', async (quorum, count) => {
    expect((await settingsOf({ quorum })).settings.dns.quorum).toBe(count);
  });

  it.each([
    ['google', 1],
    ['google, quad9', 2],
    ['google, quad9, opendns', 2],
  ])('is by default more than half of %j', async (resolvers, count) => {
    expect((await settingsOf({ resolvers })).settings.dns.quorum).toBe(count);
  });

  it.each([
    ['5', /\b4 resolvers\b/],
    ['0', /\bquorum\b/],
    ['-1', /\bquorum\b/],
    ['1.5', /\bquorum\b/],
    ['most', /\bquorum\b/],
    ['50%', /\bquorum\b/],
  ])('is refused as %j', async (quorum, what) => {
    const { message, hint } = await refusalOf({ quorum });
    const [name, reason] = message.split(`"${quorum}"`);
    expect(name).toContain('quorum');
    expect(reason).toMatch(what);
    expect(hint).toMatch(/\bmajority\b.*\ball\b.*\b1 to 4\b/);
  });
});

describe('readSettings: authoritative-servers', () => {
  it.each([
    ['auto', 'auto'],
    ['off', 'off'],
    [
      '192.0.2.53, [2001:db8::53]:5353',
      [
        { host: '192.0.2.53', port: 53 },
        { host: '2001:db8::53', port: 5353 },
      ],
    ],
  ])('reads %j', async (text, servers) => {
    const { settings } = await settingsOf({ 'authoritative-servers': text });
    expect(settings.dns.authoritativeServers).toEqual(servers);
  });

  it.each([
    ['ns1.example.com', 'ns1.example.com'],
    ['192.0.2.53, ns1.example.com', 'ns1.example.com'],
    ['auto, 192.0.2.53', 'auto'],
  ])('refuses %j', async (text, wrong) => {
    const { message, hint } = await refusalOf({ 'authoritative-servers': text });
    expect(message).toContain(`authoritative-servers: "${wrong}"`);
    expect(message).toContain('address');
    for (const right of ['auto', 'off', '192.0.2.53', '[2001:db8::53]:53']) expect(hint).toContain(right);
  });
});
