import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFault, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { SsoConnectors } from '../../src/cloudflare/sso-connectors.ts';
import { RequestError, StoppedError } from '../../src/domain/errors.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { rejectionOf } from '../checks/errors.ts';
import { inRuns } from '../checks/in-runs.ts';
import { clientOf, ssoConnectorsOf } from '../fakes/api-client.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { API_TOKEN, CONNECTOR_ID, DOMAIN } from '../samples/results.ts';

// Reads show what was before a write, as those of Cloudflare sometimes do for seconds.

const LAG_MS = 4000;
/** At once, and then once a second until reads show what was written {@link LAG_MS} before. */
const READS = `${LAG_MS / 1000 + 1}×GET`;
/** All reads before what they show is believed. */
const ALL_READS = `${READ_LAG_MS / 1000 + 1}×GET`;
const FOR_EVER_MS = 3_600_000;
const RESET: ApiFault = { kind: 'reset' };

let sandbox: Sandbox;
let setup: ReturnType<typeof clientOf>;
let connectors: SsoConnectors;
let lagMs: number;

async function start(options: { readonly allowsDuplicates?: boolean } = {}): Promise<void> {
  lagMs = LAG_MS;
  const now = (): number => setup?.clock.now() ?? NOON_MS;
  sandbox = await startSandbox({ now, readLagMs: () => lagMs, ...options });
  sandbox.addToken({ value: API_TOKEN });
  setup = clientOf(sandbox.apiUrl);
  connectors = ssoConnectorsOf(setup, sandbox.accountId);
}

async function end(): Promise<void> {
  setup[Symbol.dispose]();
  await sandbox.close();
}

beforeEach(() => start());
afterEach(end);

/** A connector that every read shows: it was there before. */
async function seed(options: { readonly status?: 'failed' | 'verified'; readonly id?: string } = {}) {
  const { id } = sandbox.seedConnector({
    emailDomain: DOMAIN,
    id: CONNECTOR_ID,
    status: 'verified',
    ...options,
  });
  await setup.clock.sleep(lagMs);
  return id;
}

const inOrder = (): string => inRuns(sandbox.api.requests.map(({ method }) => method));

const enable = (id = CONNECTOR_ID) => connectors.change(id, { enabled: true });
const spoil = (method: string, fault: ApiFault, times = 1): void =>
  sandbox.api.faults.add({ method, times, carryOut: true, fault });

describe('a read of a connector after a write of this run', () => {
  it('is repeated until it shows a PATCH', async () => {
    await seed();
    await enable();
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ enabled: true });
    expect(inOrder()).toBe(`PATCH ${READS}`);
  });

  it('is repeated until it shows the language of a PATCH', async () => {
    await seed();
    await connectors.change(CONNECTOR_ID, { use_fedramp_language: true });
    expect(await connectors.getIfThere(CONNECTOR_ID)).toMatchObject({ useFedrampLanguage: true });
    expect(inOrder()).toBe(`PATCH ${READS}`);
  });

  it('is repeated until it shows the last of several', async () => {
    await seed();
    await enable();
    await setup.clock.sleep(1000);
    await connectors.change(CONNECTOR_ID, { enabled: false });
    // Now the reads would show neither, and then only the first.
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ enabled: false });
  });

  it('is repeated until it shows the new connector', async () => {
    const { connector } = await connectors.create({ email_domain: DOMAIN, begin_verification: false });
    expect(await connectors.get(connector.id)).toEqual(connector);
    expect(inOrder()).toBe(`POST ${READS}`);
  });

  it('is repeated until it shows none after a DELETE', async () => {
    await seed();
    await connectors.delete(CONNECTOR_ID);
    expect(await connectors.getIfThere(CONNECTOR_ID)).toBeUndefined();
    expect(inOrder()).toBe(`DELETE ${READS}`);
  });

  it('is repeated until it shows that verification has begun', async () => {
    await seed({ status: 'failed' });
    await connectors.beginVerification(CONNECTOR_ID);
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ verificationStatus: 'pending' });
    expect(inOrder()).toBe(`POST ${READS}`);
  });

  it('is content with a verification that is already over', async () => {
    await seed({ status: 'failed' });
    await connectors.beginVerification(CONNECTOR_ID);
    lagMs = 0;
    sandbox.setStatus(CONNECTOR_ID, 'verified');
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ verificationStatus: 'verified' });
    expect(inOrder()).toBe('POST GET');
  });

  it('is repeated as well after a write whose outcome is unknown', async () => {
    await seed();
    spoil('PATCH', RESET, 5);
    await rejectionOf(enable(), RequestError);
    // The pauses between the attempts took longer than reads lag; now they lag further.
    lagMs = 15_000;
    expect(await connectors.getIfThere(CONNECTOR_ID)).toMatchObject({ enabled: true });
    expect(inOrder()).toMatch(/^5×PATCH \d+×GET$/);
  });

  it('is believed once it has contradicted for so long, and at once from then on', async () => {
    await seed();
    await enable();
    lagMs = FOR_EVER_MS;
    sandbox.setStatus(CONNECTOR_ID, 'verified');
    await rejectionOf(connectors.get(CONNECTOR_ID), CloudflareApiError);
    expect(inOrder()).toBe(`PATCH ${ALL_READS}`);
    await rejectionOf(connectors.get(CONNECTOR_ID), CloudflareApiError);
    expect(sandbox.api.requests).toHaveLength(READ_LAG_MS / 1000 + 3);
  });

  it('is believed at once when somebody has changed it long after', async () => {
    await seed();
    await enable();
    await setup.clock.sleep(READ_LAG_MS);
    lagMs = 0;
    sandbox.api.store.update(sandbox.accountId, CONNECTOR_ID, { enabled: false });
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ enabled: false });
    expect(inOrder()).toBe('PATCH GET');
  });

  it('is one read where this run has written nothing, another connector, or was refused', async () => {
    await seed();
    sandbox.seedConnector({ emailDomain: 'other.example', id: 'other', status: 'awaiting' });
    await setup.clock.sleep(LAG_MS);
    await rejectionOf(enable('other'), CloudflareApiError);
    await enable();
    expect(await connectors.get('other')).toMatchObject({ enabled: false });
    expect(inOrder()).toBe('2×PATCH GET');
  });

  it('still shows an earlier write when a later one was refused', async () => {
    await seed();
    await enable();
    sandbox.api.faults.add({ method: 'PATCH', times: 1, fault: { kind: 'status', status: 403 } });
    await rejectionOf(connectors.change(CONNECTOR_ID, { enabled: false }), CloudflareApiError);
    expect(await connectors.get(CONNECTOR_ID)).toMatchObject({ enabled: true });
  });

  it('is believed at once where there is no time to wait', async () => {
    await seed();
    const { client, clock, stop } = setup;
    const services = { clock, signal: stop.signal, readLagMs: 0 };
    const hurried = new SsoConnectors(client, sandbox.accountId, services);
    await hurried.change(CONNECTOR_ID, { enabled: true });
    expect(await hurried.get(CONNECTOR_ID)).toMatchObject({ enabled: false });
    expect(inOrder()).toBe('PATCH GET');
  });

  it('stops with the step', async () => {
    await seed();
    await enable();
    const reason = new StoppedError('Stopped.');
    sandbox.api.faults.add({
      method: 'GET',
      skip: 1,
      fault: {
        kind: 'altered-body',
        alter: (text) => {
          setup.stop.abort(reason);
          return text;
        },
      },
    });
    expect(await rejectionOf(connectors.get(CONNECTOR_ID), StoppedError)).toBe(reason);
    expect(inOrder()).toBe('PATCH 2×GET');
  });
});

describe('a list after writes of this run', () => {
  it('is repeated until it shows a PATCH', async () => {
    await seed();
    await enable();
    expect(await connectors.allOf(DOMAIN)).toMatchObject([{ id: CONNECTOR_ID, enabled: true }]);
    expect(inOrder()).toBe(`PATCH ${READS}`);
  });

  it('is repeated until it shows a new connector, and none that is deleted', async () => {
    await seed();
    await connectors.delete(CONNECTOR_ID);
    const { connector } = await connectors.create({ email_domain: DOMAIN, begin_verification: false });
    expect(await connectors.allOf(DOMAIN)).toEqual([connector]);
    expect(inOrder()).toBe(`DELETE POST ${READS}`);
  });

  it('is repeated until it shows those of the email domain, not those of another one', async () => {
    await seed();
    sandbox.seedConnector({ emailDomain: 'other.example', id: 'other', status: 'verified' });
    await setup.clock.sleep(LAG_MS);
    await enable();
    await setup.clock.sleep(2000);
    await enable('other');
    const before = inOrder();
    expect(await connectors.allOf(DOMAIN)).toMatchObject([{ enabled: true }]);
    expect(before).toBe('2×PATCH');
    expect(inOrder()).not.toBe(`2×PATCH ${READS}`);
  });

  it('is one request where this run has written nothing', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN });
    expect(await connectors.allOf(DOMAIN)).toEqual([]);
    expect(inOrder()).toBe('GET');
  });

  it('is believed once it has contradicted for so long', async () => {
    await seed();
    await enable();
    lagMs = FOR_EVER_MS;
    expect(await connectors.allOf(DOMAIN)).toEqual([]);
    expect(inOrder()).toBe(`PATCH ${ALL_READS}`);
  });
});

describe('findNew', () => {
  it('finds a connector that the list does not show yet', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, id: CONNECTOR_ID });
    expect(await connectors.findNew(DOMAIN)).toMatchObject({ id: CONNECTOR_ID });
    expect(inOrder()).toBe(READS);
  });

  it('finds none if the list never shows one', async () => {
    expect(await connectors.findNew(DOMAIN)).toBeUndefined();
    expect(inOrder()).toBe(ALL_READS);
  });
});

describe('create', () => {
  const create = () => connectors.create({ email_domain: DOMAIN, begin_verification: false });
  const made = () => sandbox.api.store.list(sandbox.accountId);

  it('reads the list again when a conflict contradicts it, and adopts what somebody else made', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, id: CONNECTOR_ID });
    expect(await create()).toMatchObject({ created: false, connector: { id: CONNECTOR_ID } });
    expect(inOrder()).toBe(`POST ${READS}`);
  });

  it.each([false, true])(
    'makes one connector when its answer is lost (two are allowed: %s)',
    async (allowsDuplicates) => {
      await end();
      await start({ allowsDuplicates });
      spoil('POST', RESET);
      expect(await create()).toMatchObject({ created: true, connector: { emailDomain: DOMAIN } });
      expect(made()).toHaveLength(1);
      expect(inOrder()).toMatch(/^POST \d×GET$/);
    },
  );

  it('calls it its own when the list lags too long and then a conflict comes', async () => {
    spoil('POST', RESET);
    lagMs = READ_LAG_MS + 5000;
    expect(await create()).toMatchObject({ created: true });
    expect(made()).toHaveLength(1);
    expect(inOrder()).toMatch(/^POST 16×GET POST \d×GET$/);
  });
});
