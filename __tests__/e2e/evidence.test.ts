import { describe, expect, it } from 'vitest';
import type { ApiFault } from '../../sandbox/index.ts';
import { alter, changesOf, connectorsOf, LOST, PATHS, startWorld, stepIn } from '../real/doubt-world.ts';

const ENABLED = { status: 'verified', enabled: true } as const;
const OFF = 'PATCH {"enabled":false}';
const MALFORMED_ID = [
  { code: 7003, message: 'Could not route to /x, perhaps your object identifier is invalid?' },
];
const HTML: ApiFault = { kind: 'body', status: 404, contentType: 'text/html', body: '<h1>Not Found</h1>' };

const isEnabled = (sandbox: Parameters<typeof connectorsOf>[0]) =>
  connectorsOf(sandbox).map(({ enabled }) => enabled);

describe.concurrent('a 404 that is not about the connector', () => {
  const answers: readonly [string, ApiFault][] = [
    ['of a wrong account', { kind: 'status', status: 404, errors: MALFORMED_ID }],
    ['of a proxy', HTML],
    ['without a reason', { kind: 'status', status: 404 }],
  ];

  it.each(answers)('%s does not mean that it is gone', async (_, fault) => {
    await using sandbox = await startWorld(ENABLED);
    const id = connectorsOf(sandbox)[0]?.id ?? '';
    sandbox.api.faults.add({ fault });
    const { exitCode, outputs, stdout } = await stepIn(sandbox, {
      mode: 'delete',
      'email-domain': '',
      'connector-id': id,
    });
    expect(exitCode).toBe(1);
    expect(outputs).not.toHaveProperty('state');
    expect(stdout).not.toContain('nothing to delete');
  });

  it.each(answers)('%s to the DELETE does not mean that it is deleted', async (_, fault) => {
    await using sandbox = await startWorld({ status: 'verified' });
    sandbox.api.faults.add({ method: 'DELETE', fault });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'delete' });
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { state: 'verified', changed: 'false' },
    });
  });

  it('of a wrong path in api-url does not mean that it is gone', async () => {
    await using sandbox = await startWorld(ENABLED);
    const { exitCode, outputs } = await stepIn(sandbox, {
      mode: 'delete',
      'email-domain': '',
      'connector-id': connectorsOf(sandbox)[0]?.id ?? '',
      'api-url': sandbox.apiUrl.replace('/v4', '/v5'),
    });
    expect(exitCode).toBe(1);
    expect(outputs).not.toHaveProperty('state');
  });

  it('of the connector itself means that it is gone', async () => {
    await using sandbox = await startWorld(undefined);
    const gone = { mode: 'delete', 'email-domain': '', 'connector-id': 'f'.repeat(32) };
    const { exitCode, outputs } = await stepIn(sandbox, gone);
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'absent' } });
  });
});

describe.concurrent('disable', () => {
  it.each([
    ['is missing', (text: string) => text.replace(/"enabled":(true|false),/g, '')],
    ['is null', (text: string) => text.replace(/"enabled":(true|false)/g, '"enabled":null')],
  ])('sends its PATCH when enabled %s in the list', async (_, change) => {
    await using sandbox = await startWorld(ENABLED);
    alter(sandbox, 'GET', PATHS.list, change);
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'disable' });
    expect(changesOf(sandbox)).toEqual([OFF]);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { enabled: 'false', changed: 'true' },
    });
  });

  it('does not believe an answer about another connector', async () => {
    await using sandbox = await startWorld(ENABLED);
    const result = { id: 'a'.repeat(32), email_domain: 'example.com', enabled: false };
    const body = JSON.stringify({ success: true, errors: [], messages: [], result });
    sandbox.api.faults.add({
      method: 'PATCH',
      fault: { kind: 'body', body, contentType: 'application/json' },
    });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'disable' });
    expect(isEnabled(sandbox)).toEqual([true]);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { enabled: 'true', state: 'enabled' },
    });
  });

  it('does not believe an answer without enabled', async () => {
    await using sandbox = await startWorld(ENABLED);
    const result = { id: connectorsOf(sandbox)[0]?.id, email_domain: 'example.com' };
    const body = JSON.stringify({ success: true, errors: [], messages: [], result });
    sandbox.api.faults.add({
      method: 'PATCH',
      fault: { kind: 'body', body, contentType: 'application/json' },
    });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'disable' });
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { enabled: 'true', state: 'enabled' },
    });
  });

  it('disables what somebody enabled after check saw it disabled', async () => {
    await using sandbox = await startWorld({ status: 'verified' });
    const { accountId, api } = sandbox;
    const [connector] = connectorsOf(sandbox);
    const enable = () => void api.store.update(accountId, connector?.id ?? '', { enabled: true });
    const fault = { kind: 'last-of-connection', before: enable } as const;
    api.faults.add({ method: 'GET', path: PATHS.list, times: 1, carryOut: true, fault });
    const inputs = { mode: 'check, disable', 'expect-enabled': 'false' };
    const { exitCode, outputs } = await stepIn(sandbox, inputs);
    expect(changesOf(sandbox)).toEqual([OFF]);
    expect(isEnabled(sandbox)).toEqual([false]);
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { enabled: 'false' } });
  });

  it.each([{ mode: 'disable' }, { mode: 'check, disable', 'fail-on-drift': 'false' }])(
    'is carried out though nobody reads its standard output (%s)',
    async (inputs) => {
      await using sandbox = await startWorld(ENABLED);
      const unread = ['bash', '-c', '"$0" "$@" | head -c 0'];
      await stepIn(sandbox, inputs, { launcher: unread });
      expect(isEnabled(sandbox)).toEqual([false]);
    },
  );

  it.each([
    ['another connector has a code with a quote', (text: string) => text.replace('sso=other', 'sso=\\"')],
    ['another connector has a domain that is none', (text: string) => text.replace('other.example', '*.x')],
    ['its own code has a quote', (text: string) => text.replace(/sso=mine/g, 'sso=\\"')],
    ['there is an unknown field', (text: string) => text.replaceAll('"id":', '"new":{"x":[1]},"id":')],
    [
      'the name is in capitals, with a dot',
      (text: string) => text.replaceAll('"example.com"', '"EXAMPLE.com."'),
    ],
  ])('finds the connector when %s', async (_, change) => {
    await using sandbox = await startWorld({ ...ENABLED, code: 'cloudflare_dashboard_sso=mine' });
    sandbox.seedConnector({ emailDomain: 'other.example', code: 'cloudflare_dashboard_sso=other' });
    alter(sandbox, 'GET', PATHS.list, change);
    alter(sandbox, 'PATCH', PATHS.connector, change);
    const { exitCode } = await stepIn(sandbox, { mode: 'disable' });
    expect(changesOf(sandbox)).toEqual([OFF]);
    expect({ exitCode, enabled: isEnabled(sandbox)[0] }).toEqual({ exitCode: 0, enabled: false });
  });
});

describe.concurrent('with two connectors of one email domain', () => {
  const two = { allowsDuplicates: true };

  it('disable disables both', async () => {
    await using sandbox = await startWorld(ENABLED, two);
    sandbox.seedConnector({ emailDomain: 'example.com', ...ENABLED });
    expect((await stepIn(sandbox, { mode: 'disable' })).exitCode).toBe(0);
    expect(isEnabled(sandbox)).toEqual([false, false]);
  });

  it('delete deletes only the one that is disabled', async () => {
    await using sandbox = await startWorld({ status: 'verified' }, two);
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', ...ENABLED });
    const { exitCode, outputs, stdout } = await stepIn(sandbox, { mode: 'delete' });
    expect(connectorsOf(sandbox)).toMatchObject([{ id, enabled: true }]);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { state: 'enabled', 'connector-id': id },
    });
    expect(stdout).toContain('2 SSO connectors');
  });

  it('check reports the other one', async () => {
    await using sandbox = await startWorld(ENABLED, two);
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const { outputs } = await stepIn(sandbox, { mode: 'check' });
    expect(JSON.parse(outputs['drift-report'] ?? '').differences).toContainEqual(
      expect.objectContaining({
        kind: 'undeclared-connector',
        email_domain: 'example.com',
        connector_id: id,
      }),
    );
  });
});

describe.concurrent('a connector of which Cloudflare does not say whether it is enabled', () => {
  const unsaid = (text: string) => text.replace(/"enabled":(true|false)/g, '"enabled":null');

  it('is drift of its own, and no output says false', async () => {
    await using sandbox = await startWorld(ENABLED);
    alter(sandbox, 'GET', PATHS.list, unsaid);
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'check', 'expect-enabled': 'false' });
    expect(exitCode).toBe(1);
    for (const name of ['enabled', 'state']) expect(outputs, name).not.toHaveProperty(name);
    expect(JSON.parse(outputs['drift-report'] ?? '').differences).toContainEqual(
      expect.objectContaining({ kind: 'enabled-unknown' }),
    );
  });

  it('is not deleted', async () => {
    await using sandbox = await startWorld(ENABLED);
    alter(sandbox, 'GET', PATHS.list, unsaid);
    expect((await stepIn(sandbox, { mode: 'delete' })).exitCode).toBe(1);
    expect(changesOf(sandbox)).toEqual([]);
  });
});

describe.concurrent('CLOUDFLARE_SSO_CONNECTOR_ID of another email domain', () => {
  it.each([
    { mode: 'disable', 'email-domain': 'example.com' },
    { mode: 'disable', 'email-domain': 'example.com, other.example' },
  ])('does not outrank the email domain that is given (%s)', async (inputs) => {
    await using sandbox = await startWorld(ENABLED);
    sandbox.seedConnector({ emailDomain: 'other.example', ...ENABLED });
    const { id } = sandbox.seedConnector({ emailDomain: 'third.example', ...ENABLED });
    const env = { CLOUDFLARE_SSO_CONNECTOR_ID: id };
    const { exitCode, stdout } = await stepIn(sandbox, inputs, { env });
    const left = connectorsOf(sandbox).filter(({ enabled }) => enabled);
    const given = inputs['email-domain'].split(', ');
    expect(left.map(({ email_domain }) => email_domain)).toEqual(
      ['other.example', 'third.example'].filter((name) => !given.includes(name)),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/::notice.*CLOUDFLARE_SSO_CONNECTOR_ID is ignored/);
  });

  it('counts when nothing else names the connector', async () => {
    await using sandbox = await startWorld(ENABLED);
    const env = { CLOUDFLARE_SSO_CONNECTOR_ID: connectorsOf(sandbox)[0]?.id ?? '' };
    const { exitCode } = await stepIn(sandbox, { mode: 'disable', 'email-domain': '' }, { env });
    expect(sandbox.api.requests).toHaveLength(1);
    expect({ exitCode, enabled: isEnabled(sandbox) }).toEqual({ exitCode: 0, enabled: [false] });
  });
});

describe.concurrent('break-glass by ID', () => {
  it('looks only when its answer is lost', async () => {
    await using sandbox = await startWorld(ENABLED);
    sandbox.api.faults.add({ method: 'PATCH', times: 1, carryOut: true, fault: LOST });
    const inputs = {
      mode: 'disable',
      'email-domain': '',
      'connector-id': connectorsOf(sandbox)[0]?.id ?? '',
    };
    const { exitCode, outputs } = await stepIn(sandbox, inputs);
    expect(changesOf(sandbox)).toHaveLength(2);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { enabled: 'false', changed: 'true' },
    });
  });
});
