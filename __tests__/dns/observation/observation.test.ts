import type { Answer } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/dns/client/client.ts';
import { isDeeper, observe, referralOf } from '../../../src/dns/observation/observation.ts';
import type { Silence } from '../../../src/dns/transports/transport.ts';
import type { ServerRole } from '../../../src/domain/dns-server.ts';
import { cname, EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';

const address = { host: '192.0.2.1', port: 53 };
const { name, value } = EXPECTED;

function saw(parts: ResponseParts, role: 'authoritative' | 'resolver' = 'authoritative') {
  return observe({ ok: true, message: message(parts), address, transport: 'udp' }, EXPECTED, role);
}

function silence(reason: Silence, truncatedOverUdp = false) {
  const reply: Reply = { ok: false, silence: reason, address, transport: 'tcp', truncatedOverUdp };
  return observe(reply, EXPECTED, 'resolver');
}

describe('the record is present', () => {
  it('when one TXT record at the name is the code', () => {
    expect(saw({ answers: [txt(value, 120)] })).toEqual({ kind: 'present', values: [value], ttlS: 120 });
  });

  it('among others, with the smallest TTL of them', () => {
    const answers = [txt('v=spf1 -all', 60), txt(value, 120)];
    expect(saw({ answers })).toEqual({ kind: 'present', values: ['v=spf1 -all', value], ttlS: 60 });
  });

  it.each([1, 10, value.length - 1])('however its text is split into strings, after %i bytes', (at) => {
    const answers = [txt([value.slice(0, at), '', value.slice(at)])];
    expect(saw({ answers })).toMatchObject({ kind: 'present', values: [value] });
  });

  it('behind a chain of eight CNAME records, in whatever order they come', () => {
    const links = Array.from({ length: 8 }, (_, index) =>
      cname(index === 0 ? name : `c${index}.example`, `c${index + 1}.example`),
    );
    const end = txt(value, 300, 'c8.example');
    expect(saw({ answers: [...links, end] })).toMatchObject({ kind: 'present' });
    expect(saw({ answers: [end, ...links.toReversed()] })).toMatchObject({ kind: 'present' });
  });

  it('at a resolver, whose answers are never authoritative', () => {
    expect(saw({ aa: false, ra: true, answers: [txt(value)] }, 'resolver')).toMatchObject({
      kind: 'present',
    });
  });
});

describe('the record is absent', () => {
  const nearMisses: readonly (readonly [string, readonly Answer[]])[] = [
    ['in quotes', [txt(`"${value}"`)]],
    ['with another code', [txt(`${value.slice(0, -1)}0`)]],
    ['without its prefix', [txt(value.replace('cloudflare_dashboard_sso=', ''))]],
    ['with a space after it', [txt(`${value} `)]],
    ['in capitals', [txt(value.toUpperCase())]],
    ['with more behind it', [txt([value, 'more'])]],
    ['split over two records', [txt(value.slice(0, 20)), txt(value.slice(20))]],
    ['at another name', [txt(value, 300, 'www.example.com')]],
    ['at the end of another chain', [cname('www.example.com', 'x.example'), txt(value, 300, 'x.example')]],
  ];
  it.each(nearMisses)('when it is there only %s', (_what, answers) => {
    expect(saw({ answers })).toMatchObject({ kind: 'absent' });
  });

  it('when a resolver has it only at the name, beside a CNAME that leads elsewhere', () => {
    const answers = [cname(name, 'x.example'), txt(value)];
    expect(saw({ answers }, 'resolver')).toMatchObject({ kind: 'absent', values: [] });
  });

  it('with the other texts at the name, strings joined, and the smallest TTL', () => {
    const answers = [
      txt(['v=spf1 ', '-all'], 300),
      txt('other', 200),
      txt('elsewhere', 1, 'www.example.com'),
    ];
    expect(saw({ answers })).toEqual({
      kind: 'absent',
      values: ['v=spf1 -all', 'other'],
      ttlS: 200,
      serial: undefined,
    });
  });

  it.each([
    [60, 1800, 60],
    [3600, 1800, 1800],
    [0, 1800, 0],
  ])('for the lesser of the SOA TTL %i and its MINIMUM %i (RFC 2308)', (ttl, minimum, ttlS) => {
    for (const rcode of [0, 3]) {
      const authorities = [soa('example.com', { ttl, minimum, serial: 42 })];
      expect(saw({ rcode, authorities })).toEqual({ kind: 'absent', values: [], ttlS, serial: 42 });
    }
  });

  it('for a time unknown when no SOA says so', () => {
    expect(saw({ rcode: 3 })).toEqual({ kind: 'absent', values: [], ttlS: undefined, serial: undefined });
  });

  it('behind nine CNAME records, or a loop of them', () => {
    const links = Array.from({ length: 9 }, (_, index) =>
      cname(index === 0 ? name : `c${index}.example`, `c${index + 1}.example`),
    );
    const answers = [...links, txt(value, 300, 'c9.example')];
    expect(saw({ answers })).toMatchObject({ kind: 'absent' });
    // A resolver has a limit of its own.
    expect(saw({ answers }, 'resolver')).toMatchObject({ kind: 'present' });
    const loop = [cname(name, 'a.example'), cname('a.example', name), txt(value)];
    for (const role of ['authoritative', 'resolver'] as const) {
      expect(saw({ answers: loop }, role)).toMatchObject({ kind: 'absent', values: [] });
      expect(saw({ answers: [cname(name, name), txt(value)] }, role)).toMatchObject({ kind: 'absent' });
    }
  });

  it('when the server says NXDOMAIN, whatever it puts into the answer', () => {
    expect(saw({ rcode: 3, answers: [txt(value)] })).toMatchObject({ kind: 'absent' });
  });

  it('when it is only in another section', () => {
    expect(saw({ authorities: [txt(value)], additionals: [txt(value)] })).toMatchObject({
      kind: 'absent',
      values: [],
    });
  });
});

describe('a CNAME leads to other servers', () => {
  const observeAt = (zone: string | undefined, parts: ResponseParts, role: ServerRole = 'authoritative') =>
    observe({ ok: true, message: message(parts), address, transport: 'udp' }, EXPECTED, role, zone);
  const away = { answers: [cname(name, 't.example.net')] };

  it('when an authoritative server knows nothing of its target', () => {
    for (const zone of [name, undefined])
      expect(observeAt(zone, away)).toEqual({ kind: 'alias', target: 't.example.net' });
  });

  it('by the first CNAME, which all servers of the zone know, however far they follow the chain', () => {
    const first = cname(name, 'a.example.com');
    for (const others of [[], [cname('a.example.com', 't.example.net')]])
      expect(observeAt(name, { answers: [...others, first] })).toEqual({
        kind: 'alias',
        target: 'a.example.com',
      });
  });

  it('by the last CNAME of servers whose zone is not known', () => {
    const answers = [cname('a.example.com', 't.example.net'), cname(name, 'a.example.com')];
    expect(observeAt(undefined, { answers })).toEqual({ kind: 'alias', target: 't.example.net' });
  });

  it('whatever the server says of names outside its zone', () => {
    const denied = { ...away, rcode: 3, authorities: [soa('example.net')] };
    for (const parts of [{ answers: [...away.answers, txt(value, 300, 't.example.net')] }, denied])
      expect(observeAt(name, parts)).toEqual({ kind: 'alias', target: 't.example.net' });
  });

  it('not when the target is in the zone, there or not', () => {
    const inside = cname(name, 't.example.com');
    expect(observeAt(name, { answers: [inside, txt(value, 60, 't.example.com')] })).toMatchObject({
      kind: 'present',
      ttlS: 60,
    });
    for (const rcode of [0, 3]) {
      const absent = { rcode, answers: [inside], authorities: [soa(name)] };
      expect(observeAt(name, absent)).toMatchObject({ kind: 'absent', serial: 7 });
    }
  });

  it('when the target is below the zone, but the answer stops before it', () => {
    expect(observeAt(name, { answers: [cname(name, 't.sub.example.com')] })).toEqual({
      kind: 'alias',
      target: 't.sub.example.com',
    });
  });

  it('and no end is in sight: they form a loop', () => {
    const loop = [cname(name, 'a.example.com'), cname('a.example.com', name)];
    expect(observeAt(name, { answers: loop })).toEqual({ kind: 'alias', target: 'a.example.com' });
    expect(observeAt(name, { answers: [cname(name, name)] })).toEqual({ kind: 'alias', target: name });
    expect(observeAt(undefined, { answers: loop })).toMatchObject({ kind: 'absent', values: [] });
  });

  it('not for an answer without AA, or a resolver', () => {
    expect(observeAt(name, { ...away, aa: false })).toMatchObject({ why: 'not-authoritative' });
    expect(observeAt(undefined, { ...away, aa: false, ra: true }, 'resolver')).toMatchObject({
      kind: 'absent',
    });
  });
});

describe('a reply says nothing about the record', () => {
  it('when an "authoritative" server is not: AA=0', () => {
    expect(saw({ aa: false, answers: [txt(value)] })).toMatchObject({
      kind: 'unusable',
      why: 'not-authoritative',
    });
    expect(saw({ aa: false, ra: true, rcode: 3 })).toMatchObject({
      kind: 'unusable',
      why: 'not-authoritative',
    });
  });

  it.each([
    [5, 'REFUSED'],
    [9, 'NOTAUTH'],
  ])('when the server is lame: RCODE %i', (rcode, detail) => {
    expect(saw({ rcode, answers: [txt(value)] })).toEqual({ kind: 'unusable', why: 'lame', detail });
  });

  it('when the server failed, and its Extended DNS Errors say why', () => {
    const ede = (code: number, text: string) => ({
      code: 15,
      type: 'OPTION_15',
      data: Buffer.concat([Buffer.from([0, code]), Buffer.from(text)]),
    });
    const options = [ede(9, 'no DNSKEY'), ede(22, '')] as never;
    expect(saw({ rcode: 2, edns: { options } }, 'resolver')).toEqual({
      kind: 'unusable',
      why: 'failed',
      detail: 'SERVFAIL, EDE 9 (no DNSKEY), EDE 22',
    });
    expect(saw({ rcode: 1 })).toEqual({ kind: 'unusable', why: 'failed', detail: 'FORMERR' });
  });

  it('when it is truncated over every transport', () => {
    expect(saw({ tc: true })).toMatchObject({ kind: 'unusable', why: 'failed' });
  });

  it.each([
    ['timeout', 'no answer over TCP'],
    ['refused', 'connection refused over TCP'],
    ['unreachable', 'no route over TCP'],
    ['closed', 'connection closed over TCP'],
  ] as const)('when there is none: %s', (why, detail) => {
    expect(silence(why)).toEqual({ kind: 'unusable', why, detail });
  });

  it('when UDP is too small for it and TCP is silent', () => {
    expect(silence('timeout', true)).toEqual({
      kind: 'unusable',
      why: 'timeout',
      detail: expect.stringMatching(/too large for UDP.* TCP/),
    });
  });
});

describe('a referral', () => {
  const ns = (zone: string): Answer => ({ type: 'NS', name: zone, ttl: 60, data: 'ns.example.net' });
  const referral = (zone: string) =>
    referralOf(
      { ok: true, message: message({ aa: false, authorities: [ns(zone)] }), address, transport: 'udp' },
      name,
    );

  it.each(['example.com', 'com'])('leads to the servers of %s', (zone) => {
    expect(referral(zone)).toEqual({ zone, nameServers: ['ns.example.net'], glue: [] });
  });

  it('brings the addresses of name servers along', () => {
    const glue = { type: 'A', name: 'ns.example.com', ttl: 60, data: '192.0.2.53' } as const;
    const parts = { aa: false, authorities: [ns('example.com')], additionals: [glue] };
    const reply = { ok: true, message: message(parts), address, transport: 'udp' } as const;
    expect(referralOf(reply, name)?.glue).toMatchObject([{ name: 'ns.example.com', target: '192.0.2.53' }]);
  });

  it.each([
    ['says that it is authoritative', { aa: true }],
    ['comes from a resolver', { aa: false, ra: true }],
    ['has an answer', { aa: false, answers: [cname(name, 'x.example')] }],
    ['fails', { aa: false, rcode: 2 }],
  ])('is none when the reply %s', (_what, parts) => {
    const said = message({ ...parts, authorities: [ns('example.com')] });
    expect(referralOf({ ok: true, message: said, address, transport: 'udp' }, name)).toBeUndefined();
  });

  it.each(['.', 'sub.example.com', 'notexample.com', 'org'])('to %s leads nowhere', (zone) => {
    expect(referral(zone)).toBeUndefined();
  });

  it.each([
    ['example.com', undefined, true],
    ['example.com', 'com', true],
    ['example.com', 'example.com', false],
    ['com', 'example.com', false],
    ['example.com', 'le.com', false],
  ])('to %s is deeper than %s: %s', (zone, above, expected) => {
    expect(isDeeper({ zone, nameServers: [], glue: [] }, above)).toBe(expected);
  });
});
