import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  changedConnectorsSchema,
  connectorSchema,
  connectorsSchema,
  mayBeFor,
} from '../../src/cloudflare/connector-schema.ts';
import { CODE, CONNECTOR_ID, DOMAIN } from '../samples/results.ts';

const WIRE = {
  id: CONNECTOR_ID,
  email_domain: DOMAIN,
  enabled: true,
  use_fedramp_language: true,
  created_on: '2026-01-05T12:00:00Z',
  updated_on: '2026-01-05T12:00:00Z',
  verification: { code: CODE, status: 'verified' },
};
const CONNECTOR = {
  id: CONNECTOR_ID,
  emailDomain: DOMAIN,
  enabled: true,
  useFedrampLanguage: true,
  verificationCode: CODE,
  verificationStatus: 'verified',
} as const;
const BARE = {
  id: CONNECTOR_ID,
  emailDomain: '',
  enabled: undefined,
  useFedrampLanguage: false,
  verificationCode: undefined,
  verificationStatus: undefined,
};

const read = (wire: unknown) => v.parse(connectorSchema, wire);

describe('a connector', () => {
  it('is read whole', () => {
    expect(read(WIRE)).toEqual(CONNECTOR);
  });

  it('needs its ID and nothing else', () => {
    expect(read({ id: CONNECTOR_ID })).toEqual(BARE);
    const nothing = { email_domain: null, enabled: null, use_fedramp_language: null, verification: null };
    expect(read({ id: CONNECTOR_ID, ...nothing })).toEqual(BARE);
  });

  it('may have fields that nobody knows', () => {
    expect(read({ ...WIRE, new_field: { a: [1] }, created_on: 7, updated_on: null })).toEqual(CONNECTOR);
  });

  it.each([
    ['a missing ID', undefined],
    ['an ID that is null', null],
    ['an ID that is a number', 7],
    ['an empty ID', ''],
    ['an ID that is a path', '../x'],
    ['an ID with a line break', 'a\n'],
    ['an endless ID', 'a'.repeat(65)],
  ])('is none with %s', (_, id) => {
    expect(v.safeParse(connectorSchema, { ...WIRE, id }).success).toBe(false);
  });

  it.each([
    ['capitals', 'Example.COM', 'example.com'],
    ['a trailing dot', 'example.com.', 'example.com'],
    ['capitals and a trailing dot', 'EXAMPLE.com.', 'example.com'],
    ['an internationalized name', 'Bücher.example', 'xn--bcher-kva.example'],
    ['A-labels in capitals', 'XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['an underscore', '_a.example', ''],
    ['a wildcard', '*.example.com', ''],
    ['a space', 'example .com', ''],
    ['a line break', 'example.com\n', ''],
    ['a quote', 'exa"mple.com', ''],
    ['an address', 'me@example.com', ''],
    ['an endless name', 'a'.repeat(254), ''],
    ['nothing', '', ''],
    ['a number', 7, ''],
  ])('has its domain as the inputs have it, and none that no domain can be: %s', (_, given, emailDomain) => {
    expect(read({ ...WIRE, email_domain: given })).toEqual({ ...CONNECTOR, emailDomain });
  });

  it.each([
    ['a text', 'true'],
    ['a number', 0],
    ['an object', {}],
  ])('is neither enabled nor disabled by %s', (_, enabled) => {
    expect(read({ ...WIRE, enabled })).toEqual({ ...CONNECTOR, enabled: undefined });
  });

  it('is disabled only by false', () => {
    expect(read({ ...WIRE, enabled: false }).enabled).toBe(false);
  });

  it.each([
    ['a quote', 'cloudflare_dashboard_sso="x'],
    ['a space', 'cloudflare_dashboard_sso= x'],
    ['a line break', 'a\nb'],
    ['a letter outside ASCII', 'cloudflare_dashboard_sso=ü'],
    ['no end', 'a'.repeat(256)],
    ['no text', 7],
  ])('does without a code that has %s', (_, code) => {
    expect(read({ ...WIRE, verification: { code, status: 'verified' } })).toEqual({
      ...CONNECTOR,
      verificationCode: undefined,
    });
  });

  it.each(['VERIFIED', 'Verified', 'verified'])('has its status in any case: %s', (status) => {
    expect(read({ ...WIRE, verification: { code: CODE, status } })).toEqual(CONNECTOR);
  });

  it.each(['verified_by_magic', ' verified', 'un-verified', '', 7, null])(
    'never takes the status %j for verified',
    (status) => {
      expect(read({ ...WIRE, verification: { code: CODE, status } })).toEqual({
        ...CONNECTOR,
        verificationStatus: undefined,
      });
    },
  );

  it('does without a verification of another shape', () => {
    for (const verification of ['x', 7, [], [1]])
      expect(read({ ...WIRE, verification })).toMatchObject({
        verificationCode: undefined,
        verificationStatus: undefined,
      });
  });
});

describe('a list of connectors', () => {
  it('has no connector where there is none at all, and keeps the others in order', () => {
    const items = [null, WIRE, 7, 'x', [], { id: '../x' }, { id: 'b' }, undefined, [WIRE]];
    const none = undefined;
    expect(v.parse(connectorsSchema, items).map(({ connector }) => connector)).toEqual([
      none,
      CONNECTOR,
      none,
      none,
      none,
      none,
      { ...BARE, id: 'b' },
      none,
      none,
    ]);
  });

  it('keeps what stands in the place of the domain', () => {
    const items = [
      null,
      { email_domain: 7 },
      { email_domain: '*.x' },
      { id: 'b', email_domain: 'A.Example' },
    ];
    expect(v.parse(connectorsSchema, items).map(({ givenDomain }) => givenDomain)).toEqual([
      undefined,
      undefined,
      '*.x',
      'A.Example',
    ]);
  });

  it('is no list if it is something else, which would look empty', () => {
    for (const wire of [null, {}, WIRE, 'x', undefined])
      expect(v.safeParse(connectorsSchema, wire).success).toBe(false);
  });
});

describe('an entry of a list', () => {
  const isFor = (entry: unknown, domain: string) =>
    v.parse(connectorsSchema, [entry]).some((one) => mayBeFor(one, domain));

  it.each([
    ['its connector', WIRE],
    ['something without an ID', { email_domain: 'Example.COM.' }],
    ['something with an odd ID', { id: '../x', email_domain: DOMAIN }],
    ['a connector without a domain', { id: 'a' }],
    ['a connector whose domain is empty', { id: 'a', email_domain: ' ' }],
    ['a connector whose domain is no text', { id: 'a', email_domain: 7 }],
    ['a connector whose domain is no name', { id: 'a', email_domain: '***' }],
    ['an address', { id: 'a', email_domain: 'me@example.com' }],
    ['a wildcard', { id: 'a', email_domain: '*.example.com' }],
    ['a name with a space', { id: 'a', email_domain: 'example .com' }],
    ['a name with a character of no width', { id: 'a', email_domain: 'exam\u200bple.com' }],
    ['a name in fullwidth letters with an at sign', { id: 'a', email_domain: '@\uff45xample.com' }],
    ['null', null],
    ['a number', 7],
  ])('may be for a domain if it is %s', (_, entry) => {
    expect(isFor(entry, DOMAIN)).toBe(true);
  });

  it.each([
    ['a connector', { ...WIRE, email_domain: 'other.example' }],
    ['a connector whose name ends alike', { ...WIRE, email_domain: 'notexample.com' }],
    ['something without an ID', { email_domain: 'other.example' }],
    ['something without an ID whose name ends alike', { email_domain: 'notexample.com' }],
    ['a connector with an odd name', { id: 'a', email_domain: '_sso.other.example' }],
    ['a wildcard', { id: 'a', email_domain: '*.other.example' }],
    ['an address', { id: 'a', email_domain: 'me@other.example' }],
  ])('is not if it is %s of another', (_, entry) => {
    expect(isFor(entry, DOMAIN)).toBe(false);
  });

  it('is known by letters and by A-labels', () => {
    expect(isFor({ email_domain: '@Bücher.example' }, 'xn--bcher-kva.example')).toBe(true);
    expect(isFor({ email_domain: '@xn--bcher-kva.example' }, 'xn--bcher-kva.example')).toBe(true);
  });
});

describe('the answer to a PATCH', () => {
  it('is the connector or a list', () => {
    const parsed = (wire: unknown) =>
      v.parse(changedConnectorsSchema, wire).map(({ connector }) => connector);
    expect(parsed(WIRE)).toEqual([CONNECTOR]);
    expect(parsed([WIRE])).toEqual([CONNECTOR]);
    expect(parsed([null, { id: 'b' }, WIRE])).toEqual([undefined, { ...BARE, id: 'b' }, CONNECTOR]);
  });

  it('is nothing else', () => {
    for (const wire of [null, {}, 'x', 7])
      expect(v.safeParse(changedConnectorsSchema, wire).success).toBe(false);
  });
});
