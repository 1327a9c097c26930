import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  changedConnectorsSchema,
  connectorSchema,
  connectorsSchema,
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

  it.each(['verified_by_magic', 'VERIFIED', '', 7, null])(
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
  it('is null where there is no connector at all, and keeps the others in order', () => {
    const items = [null, WIRE, 7, 'x', [], { id: '../x' }, { id: 'b' }, undefined, [WIRE]];
    expect(v.parse(connectorsSchema, items)).toEqual([
      null,
      CONNECTOR,
      null,
      null,
      null,
      null,
      { ...BARE, id: 'b' },
      null,
      null,
    ]);
  });

  it('is no list if it is something else, which would look empty', () => {
    for (const wire of [null, {}, WIRE, 'x', undefined])
      expect(v.safeParse(connectorsSchema, wire).success).toBe(false);
  });
});

describe('the answer to a PATCH', () => {
  it('is the connector or a list', () => {
    expect(v.parse(changedConnectorsSchema, WIRE)).toEqual([CONNECTOR]);
    expect(v.parse(changedConnectorsSchema, [WIRE])).toEqual([CONNECTOR]);
    expect(v.parse(changedConnectorsSchema, [null, { id: 'b' }, WIRE])).toEqual([
      null,
      { ...BARE, id: 'b' },
      CONNECTOR,
    ]);
  });

  it('is nothing else', () => {
    for (const wire of [null, {}, 'x', 7])
      expect(v.safeParse(changedConnectorsSchema, wire).success).toBe(false);
  });
});
