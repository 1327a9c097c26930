import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import { ActionError, InputError, OutcomeUnknownError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { disable } from '../../src/modes/disable.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices } from '../fakes/services.ts';
import {
  ACCOUNT_ID,
  CONNECTOR_ID,
  createdDomain,
  DOMAIN,
  domainAfter,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const ALL = `all "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PATCH = 'change {"enabled":false}';

const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = sampleConnector({ verificationStatus: 'verified' });
const nobody = () => sampleDomain({ name: undefined });

function refused(status: number): CloudflareApiError {
  return new CloudflareApiError('No.', { retryability: 'permanent', status, errors: [] });
}

const lost = new NetworkError('No answer.', { retryability: 'ambiguous' });
/** A refusal after an attempt without an answer. */
const doubtful = new OutcomeUnknownError(refused(403));

function rejecting(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

const byDomain = sampleSettings({ modes: ['disable'] });
const byId = sampleSettings({ modes: ['disable'], emailDomains: [], connectorId: CONNECTOR_ID });

describe('disable by connector ID', () => {
  it('makes one API call and asks neither DNS nor the list', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, nobody(), byId, services);
    expect(services.calls).toEqual([PATCH]);
    expect(domain).toMatchObject({ name: DOMAIN, changed: true, connector: { enabled: false } });
    expect(services.log.lines).toEqual([line('info', 'Disabled', CONNECTOR_ID, DOMAIN, 'identity provider')]);
  });

  it('makes one API call also if the connector is already disabled', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(disable, nobody(), byId, services);
    expect(services.calls).toEqual([PATCH]);
    expect(domain.connector?.enabled).toBe(false);
  });

  it('makes one API call also with the email domain given', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleDomain(), { ...byDomain, connectorId: CONNECTOR_ID }, services);
    expect(services.calls).toEqual([PATCH]);
  });

  it('sends the ID that was given', async () => {
    const ids: string[] = [];
    const change = async (id: string) => {
      ids.push(id);
      return disabled;
    };
    await disable(nobody(), byId, fakeServices({ connector: enabled, ssoConnectors: { change } }));
    expect(ids).toEqual([CONNECTOR_ID]);
  });

  it('says if it disabled the connector of another domain', async () => {
    const domain = sampleDomain();
    const other = sampleConnector({ emailDomain: 'other.example', enabled: true });
    const services = fakeServices({ connector: other });
    const settings = { ...byDomain, connectorId: CONNECTOR_ID };
    const error = await rejectionOf(disable(domain, settings, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'disabled', 'belongs to other.example', DOMAIN));
    expect(error.hint).toMatch(facts('connector-id', 'email-domain'));
    expect(domain).toMatchObject({ changed: true });
    expect(services.log.lines).toEqual([line('info', 'Disabled', CONNECTOR_ID, 'other.example')]);
  });

  it('fails if the connector is still enabled, and counts it as changed', async () => {
    const domain = nobody();
    const services = fakeServices({ connector: enabled, ssoConnectors: { change: async () => enabled } });
    const error = await rejectionOf(disable(domain, byId, services), ActionError);
    expect(error.message).toMatch(facts('Cloudflare accepted', 'disable', CONNECTOR_ID, 'not disabled'));
    expect(error.hint).toMatch(facts('Run again', 'Cloudflare support'));
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
    expect(services.log.lines).toEqual([]);
  });

  it('passes on that there is no such connector', async () => {
    const missing = refused(404);
    const services = fakeServices({ ssoConnectors: { change: () => Promise.reject(missing) } });
    expect(await rejectionOf(disable(nobody(), byId, services), CloudflareApiError)).toBe(missing);
    expect(services.calls).toEqual([PATCH]);
  });

  it.each([
    [17001, 'absent'],
    [7003, 'enabled'],
  ])('knows what a 404 with code %d means: %s', async (code, state) => {
    const errors = [{ code, message: 'No' }];
    const missing = new CloudflareApiError('No.', { retryability: 'permanent', status: 404, errors });
    const services = fakeServices({ connector: enabled, ssoConnectors: { change: rejecting(missing) } });
    const domain = sampleDomain();
    expect(await rejectionOf(disable(domain, byDomain, services), CloudflareApiError)).toBe(missing);
    expect(domain).toMatchObject({ state, changed: false });
  });

  it('looks, and only says what it would do, in a dry run', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, nobody(), { ...byId, dryRun: true }, services);
    expect(services.calls).toEqual([GET]);
    expect(domain).toMatchObject({ changed: false, connector: { enabled: true } });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would disable', CONNECTOR_ID, DOMAIN)]);
  });

  it('refuses the connector of another domain in a dry run', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = { ...byDomain, connectorId: CONNECTOR_ID, dryRun: true };
    const error = await rejectionOf(disable(sampleDomain(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
  });
});

describe('disable by email domain', () => {
  it('finds the connector and switches it off', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('sends the request although the list shows it disabled, and has changed nothing then', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH]);
    expect(domain).toMatchObject({ changed: false, connector: disabled });
    expect(services.log.lines).toEqual([line('info', CONNECTOR_ID, DOMAIN, 'is disabled', 'before')]);
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleDomain(), byDomain, services);
    const again = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH, ALL, PATCH]);
    expect(again.changed).toBe(false);
  });

  it('disables what somebody enabled after an earlier mode saw it disabled', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, sampleDomain({ connector: disabled }), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('disables what an earlier mode saw though the list does not show it', async () => {
    const services = fakeServices({ connector: enabled, connectors: [] });
    const domain = await domainAfter(disable, sampleDomain({ connector: enabled }), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('keeps what the list shows when the request is refused', async () => {
    const services = fakeServices({ connector: enabled, ssoConnectors: { change: rejecting(refused(403)) } });
    const domain = sampleDomain();
    await rejectionOf(disable(domain, byDomain, services), CloudflareApiError);
    expect(domain).toMatchObject({ changed: false, state: 'enabled', connector: enabled });
  });

  it('remembers that an earlier mode changed something', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(
      disable,
      await createdDomain({ connector: disabled }),
      byDomain,
      services,
    );
    expect(domain).toMatchObject({ changed: true, created: true });
  });

  it('only says what it would do in a dry run', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, sampleDomain(), { ...byDomain, dryRun: true }, services);
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ changed: false, state: 'enabled', connector: enabled });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would disable', CONNECTOR_ID, DOMAIN)]);
  });

  it('fails when there is none: people who are locked out must not trust a green run', async () => {
    const services = fakeServices();
    const error = await rejectionOf(disable(sampleDomain(), byDomain, services), ActionError);
    expect(error.message).toMatch(facts(ACCOUNT_ID, 'no SSO connector', DOMAIN, 'nothing was disabled'));
    expect(error.hint).toMatch(facts(DOMAIN, 'another account', 'account-id', 'API token'));
  });

  it('fails in a dry run when there is none', async () => {
    const settings = { ...byDomain, dryRun: true };
    await rejectionOf(disable(sampleDomain(), settings, fakeServices()), ActionError);
  });

  it('succeeds when there is none but delete follows anyway', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ modes: ['disable', 'delete'] });
    const domain = await domainAfter(disable, sampleDomain(), settings, services);
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to disable');
  });

  it('needs credentials', async () => {
    await rejectionOf(disable(sampleDomain(), byDomain, fakeServices({ api: undefined })), InputError);
  });
});

describe('disable when Cloudflare does not say whether the connector is enabled', () => {
  const unknown = { ...disabled, enabled: undefined };

  it('disables it, and has changed it', async () => {
    const services = fakeServices({ connector: unknown });
    const domain = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([ALL, PATCH]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('looks when the answer does not say it, and believes the look', async () => {
    const services = fakeServices({
      connector: enabled,
      sights: [{ enabled: false }],
      ssoConnectors: { change: async () => unknown },
    });
    const domain = await domainAfter(disable, nobody(), byId, services);
    expect(services.calls).toEqual([PATCH, GET]);
    expect(domain).toMatchObject({ state: 'verified', connector: { enabled: false } });
  });

  it('fails, and claims nothing, when neither the answer nor a look says it', async () => {
    const services = fakeServices({ connector: unknown, ssoConnectors: { change: async () => unknown } });
    const domain = nobody();
    const error = await rejectionOf(disable(domain, byId, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'not disabled'));
    expect(domain).toMatchObject({ state: undefined, connector: { enabled: undefined } });
    expect(services.log.lines).toEqual([]);
  });

  it('would disable it in a dry run', async () => {
    const services = fakeServices({ connector: unknown });
    const domain = await domainAfter(disable, sampleDomain(), { ...byDomain, dryRun: true }, services);
    expect(domain).toMatchObject({ changed: false, state: undefined });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would disable', CONNECTOR_ID)]);
  });
});

describe('disable when its request gets no answer', () => {
  it.each([lost, doubtful])('is done if a look shows it disabled (%s)', async (error) => {
    const services = fakeServices({
      connector: enabled,
      sights: [{ enabled: false }],
      ssoConnectors: { change: rejecting(error) },
    });
    const domain = await domainAfter(disable, nobody(), byId, services);
    expect(services.calls).toEqual([PATCH, GET]);
    expect(domain).toMatchObject({ changed: true, state: 'verified', connector: { enabled: false } });
    expect(services.log.lines).toEqual([line('info', 'Disabled', CONNECTOR_ID)]);
  });

  it('fails with the refusal alone if a look shows it enabled', async () => {
    const services = fakeServices({ connector: enabled, ssoConnectors: { change: rejecting(doubtful) } });
    const domain = nobody();
    expect(await rejectionOf(disable(domain, byId, services), CloudflareApiError)).toBe(doubtful.cause);
    expect(domain).toMatchObject({ changed: false, state: 'enabled' });
  });

  it('claims nothing if the look fails too', async () => {
    const services = fakeServices({
      connector: enabled,
      ssoConnectors: { change: rejecting(doubtful), get: rejecting(refused(403)) },
    });
    const domain = sampleDomain();
    const error = await rejectionOf(disable(domain, byDomain, services), OutcomeUnknownError);
    expect(error.message).toContain('may have been carried out');
    expect(services.calls).toEqual([ALL, PATCH, GET]);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt' }, changed: undefined, state: undefined });
  });
});

describe('disable with several connectors of the domain', () => {
  const other = { ...enabled, id: 'other' };
  const third = { ...disabled, id: 'third' };
  const connectors = [enabled, other, third];

  /** Cloudflare with these connectors; the requests about some of them fail. */
  function cloudflare(failing: Readonly<Record<string, Error>> = {}) {
    const ids: string[] = [];
    const change = async (id: string): Promise<SsoConnector> => {
      ids.push(id);
      if (failing[id] !== undefined) throw failing[id];
      return { ...disabled, id };
    };
    const get = rejecting(refused(403));
    return { ids, services: fakeServices({ connectors, ssoConnectors: { change, get } }) };
  }

  it('disables every one, also one that seems to be disabled', async () => {
    const { ids, services } = cloudflare();
    const domain = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(ids.toSorted()).toEqual([CONNECTOR_ID, 'other', 'third']);
    expect(domain).toMatchObject({ changed: true, state: 'verified', connector: { id: CONNECTOR_ID } });
    expect(services.log.lines).toHaveLength(3);
  });

  it.each([CONNECTOR_ID, 'other'])(
    'disables the others when %s is refused, which stands for the domain then',
    async (id) => {
      const refusal = refused(403);
      const { ids, services } = cloudflare({ [id]: refusal });
      const domain = sampleDomain();
      expect(await rejectionOf(disable(domain, byDomain, services), CloudflareApiError)).toBe(refusal);
      expect(ids).toHaveLength(3);
      expect(domain).toMatchObject({ changed: true, state: 'enabled', connector: { id } });
    },
  );

  it.each([CONNECTOR_ID, 'other'])('claims nothing when the one in doubt is %s', async (id) => {
    const { ids, services } = cloudflare({ [id]: lost });
    const domain = sampleDomain();
    expect(await rejectionOf(disable(domain, byDomain, services), NetworkError)).toBe(lost);
    expect(ids).toHaveLength(3);
    expect(domain).toMatchObject({ changed: true, state: undefined, connector: { id } });
  });

  it('goes on to know the others when one is gone', async () => {
    const missing = {
      retryability: 'permanent',
      status: 404,
      errors: [{ code: 17001, message: 'No' }],
    } as const;
    const { ids, services } = cloudflare({ [CONNECTOR_ID]: new CloudflareApiError('No.', missing) });
    const domain = sampleDomain();
    await rejectionOf(disable(domain, byDomain, services), CloudflareApiError);
    expect(ids).toHaveLength(3);
    expect(domain).toMatchObject({ changed: true, state: 'verified', connector: { id: 'other' } });
  });

  it('names every one that could not be disabled', async () => {
    const { services } = cloudflare({ other: new ActionError('First.'), third: new ActionError('Second.') });
    const error = await rejectionOf(disable(sampleDomain(), byDomain, services), ActionError);
    expect(error.message).toMatch(facts('First.', 'Second.'));
  });

  it('tells of each in a dry run', async () => {
    const { ids, services } = cloudflare();
    const domain = await domainAfter(disable, sampleDomain(), { ...byDomain, dryRun: true }, services);
    expect(ids).toEqual([]);
    expect(services.log.lines).toEqual([
      line('info', 'Dry run', 'would disable', CONNECTOR_ID),
      line('info', 'Dry run', 'would disable', 'other'),
      line('info', 'third', 'already disabled'),
    ]);
    expect(domain).toMatchObject({ changed: false, state: 'enabled', connector: { id: CONNECTOR_ID } });
  });
});
