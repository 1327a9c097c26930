import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFault, type ApiFaultRule, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { NewSsoConnector, SsoConnectors } from '../../src/cloudflare/sso-connectors.ts';
import { OutcomeUnknownError, RequestError } from '../../src/domain/errors.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, textWith } from '../checks/facts.ts';
import { inRuns } from '../checks/in-runs.ts';
import { clientOf, ssoConnectorsOf } from '../fakes/api-client.ts';
import { startApiServer, success } from '../fakes/api-server.ts';
import { type Deadlines, fakeDeadlines } from '../fakes/deadlines.ts';
import { resultInList } from '../samples/api-faults.ts';
import { ACCOUNT_ID, API_TOKEN, CODE, CONNECTOR_ID, DOMAIN } from '../samples/results.ts';

let sandbox: Sandbox;
let setup: ReturnType<typeof clientOf>;
let deadlines: Deadlines;
let connectors: SsoConnectors;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.addToken({ value: API_TOKEN });
  deadlines = fakeDeadlines();
  setup = clientOf(sandbox.apiUrl);
  connectors = ssoConnectorsOf(setup, sandbox.accountId);
});

afterEach(async () => {
  setup[Symbol.dispose]();
  await sandbox.close();
});

const NEW: NewSsoConnector = { email_domain: DOMAIN, begin_verification: false };
const COLLECTION = /\/sso_connectors$/;
const BAD_GATEWAY: ApiFault = { kind: 'status', status: 502 };

/** How often the list is read before it is believed that a connector is not in it. */
const LOOKS = READ_LAG_MS / 1000 + 1;

/** The methods of the requests so far; `GET`, `POST`… */
function methods(): readonly string[] {
  return sandbox.api.requests.map(({ method }) => method);
}

const inOrder = (): string => inRuns(methods());

function made(): readonly string[] {
  return sandbox.api.store.list(sandbox.accountId).map((connector) => connector.email_domain);
}

function spoil(fault: ApiFault, rule: Omit<ApiFaultRule, 'fault'> = {}): void {
  sandbox.api.faults.add({
    method: 'POST',
    path: COLLECTION,
    times: 1,
    ...rule,
    fault: deadlines.passIn(fault),
  });
}

describe('find', () => {
  it('finds the connector of a domain, whatever its case at Cloudflare', async () => {
    await using server = await startApiServer(
      success([
        { id: 'a', email_domain: 'other.example' },
        { id: 'b', email_domain: 'Example.COM' },
      ]),
    );
    using other = clientOf(server.apiUrl);
    const found = await ssoConnectorsOf(other, ACCOUNT_ID).find(DOMAIN);
    expect(found).toMatchObject({ id: 'b', emailDomain: 'example.com' });
  });

  it.each([
    ['capitals', 'EXAMPLE.com', 'example.com'],
    ['a trailing dot', 'example.com.', 'example.com'],
    ['letters for A-labels', 'Bücher.example', 'xn--bcher-kva.example'],
  ])('finds it although Cloudflare shows its domain with %s', async (_, shown, asked) => {
    await using server = await startApiServer(success([{ id: 'a', email_domain: shown }]));
    using other = clientOf(server.apiUrl);
    expect(await ssoConnectorsOf(other, ACCOUNT_ID).find(asked)).toMatchObject({
      id: 'a',
      emailDomain: asked,
    });
  });

  it('finds it next to items that are no connectors', async () => {
    const odd = [null, 7, { email_domain: DOMAIN }, { id: '../x', email_domain: DOMAIN }];
    await using server = await startApiServer(success([...odd, { id: 'a', email_domain: DOMAIN }]));
    using other = clientOf(server.apiUrl);
    expect(await ssoConnectorsOf(other, ACCOUNT_ID).allOf(DOMAIN)).toMatchObject([{ id: 'a' }]);
  });

  let opened: DisposableStack;
  beforeEach(() => {
    opened = new DisposableStack();
  });
  afterEach(() => opened.dispose());

  async function amid(entries: readonly unknown[]) {
    const server = await startApiServer(success(entries));
    const other = clientOf(server.apiUrl);
    opened.use(other);
    return { of: ssoConnectorsOf(other, ACCOUNT_ID), server };
  }

  const ODD_OF_OTHERS = [
    { id: 'a', email_domain: 'other.example', verification: { code: '', status: 'pending' } },
    { id: 'b', email_domain: '*.other.example' },
    { id: '', email_domain: 'third.example' },
    { email_domain: '_x.fourth.example' },
  ];

  it('finds none next to odd ones that are plainly of other domains', async () => {
    const { of, server } = await amid(ODD_OF_OTHERS);
    await using _ = server;
    expect(await of.find(DOMAIN)).toBeUndefined();
    expect(await of.allOf(DOMAIN)).toEqual([]);
    expect(await of.find('other.example')).toMatchObject({ id: 'a', verificationCode: undefined });
  });

  it.each([
    ['no text for its domain', { id: 'b', enabled: true }],
    ['an empty domain', { id: 'b', email_domain: '' }],
    ['the domain in an odd form', { id: 'b', email_domain: `@${DOMAIN}` }],
    ['the domain and no ID', { email_domain: DOMAIN }],
    ['nothing at all', null],
  ])('does not say that there is none beside an entry with %s', async (_, entry) => {
    const { of, server } = await amid([...ODD_OF_OTHERS, entry]);
    await using _server = server;
    for (const looked of [of.find(DOMAIN), of.allOf(DOMAIN)]) {
      const error = await rejectionOf(looked, CloudflareApiError);
      expect(error).toMatchObject({ retryability: 'permanent', message: textWith('none is for', DOMAIN) });
    }
  });

  it('finds its own beside an entry that could be anybody', async () => {
    const { of, server } = await amid([null, { id: 'a', email_domain: DOMAIN }, { id: 'b' }]);
    await using _ = server;
    expect(await of.find(DOMAIN)).toMatchObject({ id: 'a' });
  });

  it('gives the whole list only if every entry can be read, and what can be read in any case', async () => {
    const { of, server } = await amid(ODD_OF_OTHERS);
    await using _ = server;
    await rejectionOf(of.list(), CloudflareApiError);
    const { connectors, isWhole } = await of.listReadable();
    expect(connectors.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(isWhole).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('takes a list that is null for an empty one', async () => {
    const { of, server } = await amid([]);
    await using _ = server;
    await using nulls = await startApiServer(success(null));
    using other = clientOf(nulls.apiUrl);
    for (const one of [of, ssoConnectorsOf(other, ACCOUNT_ID)]) {
      expect(await one.find(DOMAIN)).toBeUndefined();
      expect(await one.allOf(DOMAIN)).toEqual([]);
      expect(await one.listReadable()).toEqual({ connectors: [], isWhole: true });
    }
  });

  it('puts the one of several first that is nearest to being enabled', async () => {
    const status = (status: string) => ({ verification: { status } });
    const all = [
      { id: 'pending', enabled: false, ...status('pending') },
      { id: 'verified', enabled: false, ...status('verified') },
      { id: 'failed', enabled: false, ...status('failed') },
      { id: 'unknown' },
      { id: 'enabled', enabled: true, ...status('verified') },
      { id: 'other', enabled: true, email_domain: 'other.example' },
    ].map((one) => ({ email_domain: DOMAIN, ...one }));
    for (const [listed, order] of [
      [all, ['unknown', 'enabled', 'verified', 'pending', 'failed']],
      [all.toReversed(), ['enabled', 'unknown', 'verified', 'failed', 'pending']],
    ] as const) {
      await using server = await startApiServer(success(listed));
      using other = clientOf(server.apiUrl);
      const connectors = ssoConnectorsOf(other, ACCOUNT_ID);
      expect((await connectors.allOf(DOMAIN)).map(({ id }) => id)).toEqual(order);
      expect((await connectors.find(DOMAIN))?.id).toBe(order[0]);
    }
  });

  it('finds nothing in part of a name', async () => {
    sandbox.seedConnector({ emailDomain: 'sub.example.com' });
    sandbox.seedConnector({ emailDomain: 'example.com.evil.example' });
    expect(await connectors.find(DOMAIN)).toBeUndefined();
  });

  it('finds a connector on a later page', async () => {
    for (let number = 0; number < 45; number++) sandbox.seedConnector({ emailDomain: `d${number}.example` });
    expect(await connectors.find('d44.example')).toBeDefined();
    expect(sandbox.api.requests).toHaveLength(3);
  });

  it('reads the list once for all domains, also at the same time', async () => {
    await Promise.all([connectors.find('a.example'), connectors.find('b.example')]);
    await connectors.find('c.example');
    expect(methods()).toEqual(['GET']);
  });
});

describe('get', () => {
  it('gives all that is known of a connector', async () => {
    const seeded = {
      emailDomain: DOMAIN,
      id: CONNECTOR_ID,
      code: CODE,
      status: 'verified',
      enabled: true,
    } as const;
    sandbox.seedConnector({ ...seeded, useFedrampLanguage: true });
    expect(await connectors.get(CONNECTOR_ID)).toEqual({
      id: CONNECTOR_ID,
      emailDomain: DOMAIN,
      enabled: true,
      useFedrampLanguage: true,
      verificationCode: CODE,
      verificationStatus: 'verified',
    });
  });

  async function getFrom(result: object | null) {
    await using server = await startApiServer(success(result));
    using other = clientOf(server.apiUrl);
    return await ssoConnectorsOf(other, ACCOUNT_ID).get('a');
  }

  it('never takes an unknown enabled for disabled, and does without the rest', async () => {
    for (const rest of [{}, { enabled: null }, { enabled: 'true' }])
      expect(await getFrom({ id: 'a', ...rest })).toEqual({
        id: 'a',
        emailDomain: '',
        enabled: undefined,
        useFedrampLanguage: false,
        verificationCode: undefined,
        verificationStatus: undefined,
      });
  });

  it.each([
    ['no ID', { email_domain: DOMAIN }],
    ['an ID that is a path', { id: '../x', email_domain: DOMAIN }],
    ['nothing', null],
  ])('refuses a connector with %s', async (_, result) => {
    const error = await rejectionOf(getFrom(result), CloudflareApiError);
    expect(error.message).toContain('unexpected shape');
  });

  it('fails when there is none, and getIfThere does not', async () => {
    expect(await rejectionOf(connectors.get(CONNECTOR_ID), CloudflareApiError)).toMatchObject({
      status: 404,
    });
    expect(await connectors.getIfThere(CONNECTOR_ID)).toBeUndefined();
    expect(methods()).toEqual(['GET', 'GET']);
  });

  it('does not take another 404, or another failure, for a connector that is gone', async () => {
    const wrongAccount = ssoConnectorsOf(setup, 'not-an-account');
    using elsewhere = clientOf(`${sandbox.apiUrl}/x`);
    const wrongPath = ssoConnectorsOf(elsewhere, sandbox.accountId);
    for (const wrong of [wrongAccount, wrongPath])
      expect(await rejectionOf(wrong.getIfThere(CONNECTOR_ID), CloudflareApiError)).toMatchObject({
        status: 404,
      });
    spoil({ kind: 'status', status: 403 }, { method: 'GET', path: /./ });
    expect(await rejectionOf(connectors.getIfThere(CONNECTOR_ID), CloudflareApiError)).toMatchObject({
      status: 403,
    });
  });

  it('puts the ID into the path so that it stays one segment', async () => {
    await rejectionOf(connectors.get('a/../b?c'), CloudflareApiError);
    expect(sandbox.api.requests[0]?.path).toMatch(/\/sso_connectors\/a%2F\.\.%2Fb%3Fc$/);
  });
});

describe('create', () => {
  it('sends what the connector is to be, once', async () => {
    const { connector, created } = await connectors.create({ ...NEW, use_fedramp_language: true });
    expect(created).toBe(true);
    expect(connector).toMatchObject({
      emailDomain: DOMAIN,
      useFedrampLanguage: true,
      verificationStatus: 'awaiting',
    });
    expect(methods()).toEqual(['POST']);
    expect(JSON.parse(sandbox.api.requests[0]?.body ?? '')).toEqual({ ...NEW, use_fedramp_language: true });
  });

  it.each<[string, ApiFault]>([
    ['the connection was reset', { kind: 'reset' }],
    ['a 502 came', BAD_GATEWAY],
    ['a 500 came', { kind: 'status', status: 500 }],
    ['HTML came with a 200', { kind: 'body', body: '<html></html>', contentType: 'text/html' }],
    ['nothing came with a 200', { kind: 'body', body: '' }],
    ['half the body came', { kind: 'cut-body' }],
    ['the body stalled', { kind: 'stall-in-body' }],
    ['the headers stalled', { kind: 'stall-before-headers' }],
  ])(
    'finds what it has made when it was carried out and %s: one POST, no second connector',
    async (_, fault) => {
      spoil(fault, { carryOut: true });
      const { connector, created } = await connectors.create(NEW);
      expect(created).toBe(true);
      expect(connector.id).toBe(sandbox.api.store.list(sandbox.accountId)[0]?.id);
      expect(methods()).toEqual(['POST', 'GET']);
      expect(made()).toEqual([DOMAIN]);
    },
  );

  it.each<[string, ApiFault]>([
    ['the connection was reset', { kind: 'reset' }],
    ['a 503 came', { kind: 'status', status: 503 }],
    ['HTML came with a 200', { kind: 'body', body: '<html></html>', contentType: 'text/html' }],
  ])('looks before it posts again when it was not carried out and %s', async (_, fault) => {
    spoil(fault);
    expect((await connectors.create(NEW)).created).toBe(true);
    expect(inOrder()).toBe(`POST ${LOOKS}×GET POST`);
    expect(made()).toEqual([DOMAIN]);
  });

  it('posts again without a look when it was surely not carried out', async () => {
    spoil({ kind: 'status', status: 429, retryAfter: '3' });
    expect((await connectors.create(NEW)).created).toBe(true);
    expect(methods()).toEqual(['POST', 'POST']);
    expect(setup.clock.sleptMs).toEqual([3000]);
    expect(made()).toEqual([DOMAIN]);
  });

  it('does not post as long as the look fails', async () => {
    spoil(BAD_GATEWAY, { carryOut: true });
    spoil(BAD_GATEWAY, { method: 'GET', times: 2 });
    expect((await connectors.create(NEW)).created).toBe(true);
    expect(methods()).toEqual(['POST', 'GET', 'GET', 'GET']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('makes no second one when the look meets an entry that may be it', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    const odd = { success: true, errors: [], messages: [], result: [{ id: 'a', email_domain: '' }] };
    spoil({ kind: 'body', body: JSON.stringify(odd), contentType: 'application/json' }, { method: 'GET' });
    await rejectionOf(connectors.create(NEW), OutcomeUnknownError);
    expect(methods()).toEqual(['POST', 'GET']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('looks past an odd entry of another domain', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    const ours = { id: CONNECTOR_ID, email_domain: DOMAIN };
    const result = [{ id: '../x', email_domain: 'other.example' }, ours];
    const body = JSON.stringify({ success: true, errors: [], messages: [], result });
    spoil({ kind: 'body', body, contentType: 'application/json' }, { method: 'GET' });
    expect(await connectors.create(NEW)).toMatchObject({ created: true, connector: { id: CONNECTOR_ID } });
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('looks at all pages', async () => {
    for (let number = 0; number < 25; number++) sandbox.seedConnector({ emailDomain: `d${number}.example` });
    spoil({ kind: 'reset' }, { carryOut: true });
    expect((await connectors.create(NEW)).created).toBe(true);
    expect(methods()).toEqual(['POST', 'GET', 'GET']);
  });

  it('does not believe a list that it read before', async () => {
    expect(await connectors.find(DOMAIN)).toBeUndefined();
    spoil(BAD_GATEWAY, { carryOut: true });
    expect((await connectors.create(NEW)).created).toBe(true);
    expect(methods()).toEqual(['GET', 'POST', 'GET']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('adopts the connector of somebody who was faster', async () => {
    expect(await connectors.find(DOMAIN)).toBeUndefined();
    sandbox.seedConnector({ emailDomain: DOMAIN, id: CONNECTOR_ID });
    const { connector, created } = await connectors.create(NEW);
    expect(created).toBe(false);
    expect(connector.id).toBe(CONNECTOR_ID);
    expect(methods()).toEqual(['GET', 'POST', 'GET']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('passes a conflict on when it is not about a connector of this account', async () => {
    spoil({ kind: 'status', status: 409, errors: [{ code: 17_004, message: 'Taken elsewhere' }] });
    const error = await rejectionOf(connectors.create(NEW), CloudflareApiError);
    expect(error).toMatchObject({ status: 409, message: expect.stringContaining('Taken elsewhere') });
    expect(inOrder()).toBe(`POST ${LOOKS}×GET`);
  });

  it.each([400, 401, 403, 404, 422])('is over after a %d', async (status) => {
    spoil({ kind: 'status', status, errors: [{ code: 1000, message: 'No' }] });
    expect((await rejectionOf(connectors.create(NEW), CloudflareApiError)).status).toBe(status);
    expect(methods()).toEqual(['POST']);
  });

  it('is over after success: false in a 200', async () => {
    spoil({ kind: 'success-false', errors: [{ code: 1000, message: 'No' }] });
    await rejectionOf(connectors.create(NEW), CloudflareApiError);
    expect(methods()).toEqual(['POST']);
  });

  it('gives up after five attempts, each after a look', async () => {
    spoil({ kind: 'reset' }, { times: 9 });
    await rejectionOf(connectors.create(NEW), RequestError);
    expect(inOrder()).toBe(`POST${` ${LOOKS}×GET POST`.repeat(4)}`);
  });

  it('stays in doubt when its answer is lost and the look is refused', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    spoil({ kind: 'status', status: 403 }, { method: 'GET' });
    const error = await rejectionOf(connectors.create(NEW), OutcomeUnknownError);
    expect(error).toMatchObject({ retryability: 'ambiguous', cause: { status: 403 } });
    expect(methods()).toEqual(['POST', 'GET']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('stays in doubt when its answer is lost and the next attempt is refused', async () => {
    spoil({ kind: 'reset' });
    spoil({ kind: 'status', status: 400, errors: [{ code: 1000, message: 'No' }] });
    const error = await rejectionOf(connectors.create(NEW), OutcomeUnknownError);
    expect(error).toMatchObject({ cause: { status: 400 } });
    expect(inOrder()).toBe(`POST ${LOOKS}×GET POST`);
  });

  it('names the permission to write when the token can only read', async () => {
    const apiToken = sandbox.addToken({ permissions: ['sso:read'] });
    using reader = clientOf(sandbox.apiUrl, { apiToken });
    const create = ssoConnectorsOf(reader, sandbox.accountId).create(NEW);
    expect((await rejectionOf(create, CloudflareApiError)).hint).toContain('"SSO Connector: Edit"');
  });
});

describe('change', () => {
  it('sends the change alone and gives the connector as it then is', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    expect(await connectors.change(id, { enabled: true })).toMatchObject({ id, enabled: true });
    expect(methods()).toEqual(['PATCH']);
    expect(sandbox.api.requests[0]?.body).toBe('{"enabled":true}');
  });

  it('is repeated after an unknown outcome, since twice is the same as once', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    sandbox.api.faults.add({ method: 'PATCH', times: 1, carryOut: true, fault: { kind: 'reset' } });
    expect(await connectors.change(id, { enabled: true })).toMatchObject({ enabled: true });
    expect(methods()).toEqual(['PATCH', 'PATCH']);
  });

  /** What a PATCH for {@link CONNECTOR_ID} comes to when Cloudflare answers with this result. */
  async function changeAnswered(result: unknown) {
    await using server = await startApiServer(success(result));
    using other = clientOf(server.apiUrl);
    return await ssoConnectorsOf(other, ACCOUNT_ID).change(CONNECTOR_ID, { enabled: false });
  }

  const OURS = { id: CONNECTOR_ID, email_domain: DOMAIN, enabled: false };
  const OTHER = { id: 'other', email_domain: 'other.example', enabled: true };

  it.each([
    ['the connector', OURS],
    ['a list with it alone', [OURS]],
    ['a list that holds it', [OTHER, OURS]],
    ['a list that holds something else too', [7, null, { id: 'a' }, OURS]],
  ])('takes an answer that is %s', async (_, result) => {
    expect(await changeAnswered(result)).toMatchObject({
      id: CONNECTOR_ID,
      emailDomain: DOMAIN,
      enabled: false,
    });
  });

  it('needs one request when the answer is a list', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified', enabled: true });
    sandbox.api.faults.add({ method: 'PATCH', carryOut: true, fault: resultInList });
    expect(await connectors.change(id, { enabled: false })).toMatchObject({ id, enabled: false });
    expect(methods()).toEqual(['PATCH']);
  });

  it.each([
    ['without its domain', { id: CONNECTOR_ID, enabled: false }, false],
    ['with a quote in its code', { ...OURS, verification: { code: 'a"b', status: 'verified' } }, false],
    ['with a domain that none can be', { ...OURS, email_domain: '*.x' }, false],
    ['with a field that nobody knows', { ...OURS, new_field: 1 }, false],
    ['that does not say what was asked for', { ...OURS, enabled: true }, true],
    ['that does not say whether it is enabled', { ...OURS, enabled: null }, undefined],
  ])('takes an answer about it %s as it is, in one request', async (_, result, enabled) => {
    await using server = await startApiServer(success(result));
    using other = clientOf(server.apiUrl);
    const changed = await ssoConnectorsOf(other, ACCOUNT_ID).change(CONNECTOR_ID, { enabled: false });
    expect(changed).toMatchObject({ id: CONNECTOR_ID, enabled });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['about another connector', OTHER, ['connector other', CONNECTOR_ID]],
    ['a list without it', [OTHER, { ...OTHER, id: 'third' }], ['connector other, third', CONNECTOR_ID]],
    ['an empty list', [], ['no connector', CONNECTOR_ID]],
    ['a list in a list', [[OURS]], ['no connector', CONNECTOR_ID]],
  ])('is in doubt after an answer that is %s, and not sent again', async (_, result, seen) => {
    await using server = await startApiServer(success(result));
    using other = clientOf(server.apiUrl);
    const change = ssoConnectorsOf(other, ACCOUNT_ID).change(CONNECTOR_ID, { enabled: false });
    const error = await rejectionOf(change, CloudflareApiError);
    expect(error).toMatchObject({ retryability: 'ambiguous', message: textWith('disable', ...seen) });
    expect(server.requests).toHaveLength(1);
  });

  it('is in doubt after an answer that holds no connector at all', async () => {
    const error = await rejectionOf(changeAnswered(null), CloudflareApiError);
    expect(error).toMatchObject({ retryability: 'ambiguous', message: textWith('unexpected shape') });
  });

  it.each([400, 403, 404, 409])(
    'stays in doubt when its answer is lost and then a %d comes',
    async (status) => {
      const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
      sandbox.api.faults.add(
        { method: 'PATCH', times: 1, carryOut: true, fault: { kind: 'reset' } },
        { method: 'PATCH', times: 1, fault: { kind: 'status', status } },
      );
      const error = await rejectionOf(connectors.change(id, { enabled: true }), OutcomeUnknownError);
      expect(error).toMatchObject({ retryability: 'ambiguous', cause: { status } });
      expect(methods()).toEqual(['PATCH', 'PATCH']);
      expect(sandbox.api.store.get(sandbox.accountId, id).enabled).toBe(true);
    },
  );

  it.each([
    ['enable', { enabled: true }],
    ['disable', { enabled: false }],
    ['change', { use_fedramp_language: true }],
  ])('says that it could not %s the connector', async (verb, change) => {
    const error = await rejectionOf(connectors.change(CONNECTOR_ID, change), CloudflareApiError);
    expect(error.message).toMatch(facts(`${verb} the SSO connector`, 'HTTP 404'));
  });
});

describe('beginVerification', () => {
  it('sends no body and needs no result', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'failed' });
    await expect(connectors.beginVerification(id)).resolves.toBeUndefined();
    expect(sandbox.api.requests).toHaveLength(1);
    expect(sandbox.api.requests[0]).toMatchObject({
      method: 'POST',
      path: `/accounts/${sandbox.accountId}/sso_connectors/${id}/begin_verification`,
      body: '',
    });
    expect(sandbox.api.store.get(sandbox.accountId, id).verification.status).not.toBe('failed');
  });

  it('stays in doubt when its answer is lost and the next attempt is refused', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'failed' });
    const path = /begin_verification$/;
    sandbox.api.faults.add(
      { path, times: 1, carryOut: true, fault: { kind: 'reset' } },
      { path, times: 1, fault: { kind: 'status', status: 403 } },
    );
    const error = await rejectionOf(connectors.beginVerification(id), OutcomeUnknownError);
    expect(error).toMatchObject({ cause: { status: 403 } });
    expect(methods()).toEqual(['POST', 'POST']);
  });
});

describe('delete', () => {
  const ITEM = /\/sso_connectors\/[^/]+$/;

  function spoilDelete(fault: ApiFault, rule: Omit<ApiFaultRule, 'fault'> = {}): void {
    sandbox.api.faults.add({
      method: 'DELETE',
      path: ITEM,
      times: 1,
      ...rule,
      fault: deadlines.passIn(fault),
    });
  }

  beforeEach(() => {
    sandbox.seedConnector({ emailDomain: DOMAIN, id: CONNECTOR_ID });
  });

  it('deletes that one in a single request, and says that this run has', async () => {
    sandbox.seedConnector({ emailDomain: 'other.example' });
    expect(await connectors.delete(CONNECTOR_ID)).toBe(true);
    expect(made()).toEqual(['other.example']);
    expect(methods()).toEqual(['DELETE']);
    expect(sandbox.api.requests[0]).toMatchObject({
      path: `/accounts/${sandbox.accountId}/sso_connectors/${CONNECTOR_ID}`,
      body: '',
    });
  });

  it('takes one that is gone for deleted by somebody else', async () => {
    sandbox.api.store.delete(sandbox.accountId, CONNECTOR_ID);
    expect(await connectors.delete(CONNECTOR_ID)).toBe(false);
    expect(methods()).toEqual(['DELETE']);
  });

  it.each<[string, ApiFault]>([
    ['a reset connection', { kind: 'reset' }],
    ['a cut answer', { kind: 'cut-body' }],
    ['a 504', { kind: 'status', status: 504 }],
    ['an answer that never comes', { kind: 'stall-before-headers' }],
  ])('takes it for its own when it is gone after %s', async (_, fault) => {
    spoilDelete(fault, { carryOut: true });
    expect(await connectors.delete(CONNECTOR_ID)).toBe(true);
    expect(made()).toEqual([]);
    expect(methods()).toEqual(['DELETE', 'DELETE']);
  });

  it('is repeated when it was not carried out', async () => {
    spoilDelete({ kind: 'reset' }, { times: 2 });
    expect(await connectors.delete(CONNECTOR_ID)).toBe(true);
    expect(made()).toEqual([]);
    expect(methods()).toEqual(['DELETE', 'DELETE', 'DELETE']);
  });

  it('does not take it for its own after a 429, which was not looked at', async () => {
    spoilDelete({ kind: 'status', status: 429, retryAfter: '1' });
    const deletion = connectors.delete(CONNECTOR_ID);
    sandbox.api.store.delete(sandbox.accountId, CONNECTOR_ID);
    expect(await deletion).toBe(false);
  });

  it.each([400, 401, 403, 409])('is over after a %d', async (status) => {
    spoilDelete({ kind: 'status', status, errors: [{ code: 1000, message: 'No' }] });
    expect((await rejectionOf(connectors.delete(CONNECTOR_ID), CloudflareApiError)).status).toBe(status);
    expect(methods()).toEqual(['DELETE']);
    expect(made()).toEqual([DOMAIN]);
  });

  it('does not take it for deleted by a 404 that is not about a connector', async () => {
    const proxyPage = { kind: 'body', status: 404, body: '<h1>Not Found</h1>' } as const;
    spoilDelete(proxyPage);
    expect(await rejectionOf(connectors.delete(CONNECTOR_ID), CloudflareApiError)).toMatchObject({
      status: 404,
    });
    const wrongAccount = ssoConnectorsOf(setup, 'not-an-account');
    expect(await rejectionOf(wrongAccount.delete(CONNECTOR_ID), CloudflareApiError)).toMatchObject({
      status: 404,
    });
    expect(made()).toEqual([DOMAIN]);
  });

  it('stays in doubt when its answer is lost and the next attempt is refused', async () => {
    spoilDelete({ kind: 'reset' }, { carryOut: true });
    spoilDelete({ kind: 'status', status: 403 });
    const error = await rejectionOf(connectors.delete(CONNECTOR_ID), OutcomeUnknownError);
    expect(error).toMatchObject({ cause: { status: 403 } });
    expect(methods()).toEqual(['DELETE', 'DELETE']);
  });

  it('names the permission to write when the token can only read', async () => {
    const apiToken = sandbox.addToken({ permissions: ['sso:read'] });
    using reader = clientOf(sandbox.apiUrl, { apiToken });
    const deletion = ssoConnectorsOf(reader, sandbox.accountId).delete(CONNECTOR_ID);
    expect((await rejectionOf(deletion, CloudflareApiError)).hint).toContain('"SSO Connector: Edit"');
  });

  it('is forgotten by the list that was read before, which is read again', async () => {
    sandbox.seedConnector({ emailDomain: 'other.example' });
    expect(await connectors.find(DOMAIN)).toBeDefined();
    await connectors.delete(CONNECTOR_ID);
    expect(await connectors.find(DOMAIN)).toBeUndefined();
    expect((await connectors.list()).map(({ emailDomain }) => emailDomain)).toEqual(['other.example']);
    expect(methods()).toEqual(['GET', 'DELETE', 'GET']);
  });

  it('is forgotten by the list as well when somebody else has deleted it', async () => {
    await connectors.list();
    sandbox.api.store.delete(sandbox.accountId, CONNECTOR_ID);
    await connectors.delete(CONNECTOR_ID);
    expect(await connectors.list()).toEqual([]);
  });

  it('stays in the list when it could not be deleted', async () => {
    await connectors.list();
    spoilDelete({ kind: 'status', status: 403 });
    await rejectionOf(connectors.delete(CONNECTOR_ID), CloudflareApiError);
    expect(await connectors.find(DOMAIN)).toBeDefined();
  });

  it('forgets every one of several that are deleted at the same time', async () => {
    sandbox.seedConnector({ emailDomain: 'a.example', id: 'a' });
    sandbox.seedConnector({ emailDomain: 'b.example', id: 'b' });
    await connectors.list();
    await Promise.all(['a', 'b'].map((id) => connectors.delete(id)));
    expect((await connectors.list()).map(({ id }) => id)).toEqual([CONNECTOR_ID]);
  });
});
