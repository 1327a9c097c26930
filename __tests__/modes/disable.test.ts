import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError } from '../../src/domain/errors.ts';
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

const FIND = `find "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PATCH = 'change {"enabled":false}';

const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = sampleConnector({ verificationStatus: 'verified' });
const nobody = () => sampleDomain({ name: undefined });

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
    expect(error.message).toMatch(facts('Cloudflare accepted', 'disable', CONNECTOR_ID, 'still enabled'));
    expect(error.hint).toMatch(facts('Run again', 'Cloudflare support'));
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
    expect(services.log.lines).toEqual([]);
  });

  it('passes on that there is no such connector', async () => {
    const missing = new CloudflareApiError('No.', { retryability: 'permanent', status: 404, errors: [] });
    const services = fakeServices({ ssoConnectors: { change: () => Promise.reject(missing) } });
    expect(await rejectionOf(disable(nobody(), byId, services), CloudflareApiError)).toBe(missing);
    expect(services.calls).toEqual([PATCH]);
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
    expect(services.calls).toEqual([FIND, PATCH]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('changes nothing when it is disabled', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([FIND]);
    expect(domain.changed).toBe(false);
    expect(services.log.lines).toEqual([line('info', CONNECTOR_ID, DOMAIN, 'already disabled')]);
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleDomain(), byDomain, services);
    const again = await domainAfter(disable, sampleDomain(), byDomain, services);
    expect(services.calls).toEqual([FIND, PATCH, FIND]);
    expect(again.changed).toBe(false);
  });

  it('uses what an earlier mode saw, without another look', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleDomain({ connector: enabled }), byDomain, services);
    expect(services.calls).toEqual([PATCH]);
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
    expect(services.calls).toEqual([FIND]);
    expect(domain.changed).toBe(false);
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
    expect(services.calls).toEqual([FIND]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to disable');
  });

  it('needs credentials', async () => {
    await rejectionOf(disable(sampleDomain(), byDomain, fakeServices({ api: undefined })), InputError);
  });
});
