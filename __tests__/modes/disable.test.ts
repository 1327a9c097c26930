import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError } from '../../src/domain/errors.ts';
import { startProgress, withConnector } from '../../src/domain/progress.ts';
import { disable } from '../../src/modes/disable.ts';
import { fakeServices } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import { CONNECTOR_ID, DOMAIN, sampleConnector, sampleProgress, sampleSettings } from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PATCH = 'change {"enabled":false}';

const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = sampleConnector({ verificationStatus: 'verified' });
const nobody = startProgress(undefined, undefined);

const byDomain = sampleSettings({ modes: ['disable'] });
const byId = sampleSettings({ modes: ['disable'], emailDomains: [], connectorId: CONNECTOR_ID });

describe('disable by connector ID', () => {
  it('is a single call of the API, and asks neither DNS nor the list', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await disable(nobody, byId, services);
    expect(services.calls).toEqual([PATCH]);
    expect(progress).toMatchObject({ emailDomain: DOMAIN, changed: true, connector: { enabled: false } });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.log.text()).toContain(
      `${DOMAIN} is disabled: its users sign in without the identity provider again.`,
    );
  });

  it('is a single call also when it is disabled already', async () => {
    const services = fakeServices({ connector: disabled });
    const progress = await disable(nobody, byId, services);
    expect(services.calls).toEqual([PATCH]);
    expect(progress.connector?.enabled).toBe(false);
  });

  it('is a single call also with the email domain beside it', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleProgress(), { ...byDomain, connectorId: CONNECTOR_ID }, services);
    expect(services.calls).toEqual([PATCH]);
  });

  it('sends the ID that was given', async () => {
    const ids: string[] = [];
    const change = async (id: string) => {
      ids.push(id);
      return disabled;
    };
    await disable(nobody, byId, fakeServices({ connector: enabled, ssoConnectors: { change } }));
    expect(ids).toEqual([CONNECTOR_ID]);
  });

  it('tells when it was the connector of another domain, which is disabled now', async () => {
    const other = sampleConnector({ emailDomain: 'other.example', enabled: true });
    const services = fakeServices({ connector: other });
    const settings = { ...byDomain, connectorId: CONNECTOR_ID };
    const error = await rejectionOf(disable(sampleProgress(), settings, services), ActionError);
    expect(error.message).toBe(
      `The connector ${CONNECTOR_ID}, which is disabled now, belongs to other.example, not to ${DOMAIN}.`,
    );
    expect(error.hint).toContain('Leave one of connector-id and email-domain out');
    expect(services.saved.at(-1)).toMatchObject({ changed: true });
    expect(services.log.text()).toContain('other.example is disabled');
  });

  it('fails when it still is enabled, and keeps that something was changed', async () => {
    const services = fakeServices({ connector: enabled, ssoConnectors: { change: async () => enabled } });
    const error = await rejectionOf(disable(nobody, byId, services), ActionError);
    expect(error.message).toBe(
      `Cloudflare accepted to disable the connector ${CONNECTOR_ID}, but it still is enabled.`,
    );
    expect(error.hint).toContain('Run again at once');
    expect(services.saved.at(-1)).toMatchObject({ changed: true, connector: { enabled: true } });
    expect(services.log.text()).not.toContain('is disabled');
  });

  it('passes on that there is no such connector', async () => {
    const missing = new CloudflareApiError('No.', { retryability: 'permanent', status: 404, errors: [] });
    const services = fakeServices({ ssoConnectors: { change: () => Promise.reject(missing) } });
    expect(await rejectionOf(disable(nobody, byId, services), CloudflareApiError)).toBe(missing);
    expect(services.calls).toEqual([PATCH]);
  });

  it('looks and only says what it would do in a dry run', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await disable(nobody, { ...byId, dryRun: true }, services);
    expect(services.calls).toEqual([GET]);
    expect(progress).toMatchObject({ changed: false, connector: { enabled: true } });
    expect(services.log.text()).toContain(`Dry run: would disable the SSO connector ${CONNECTOR_ID}`);
  });

  it('refuses the connector of another domain in a dry run', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = { ...byDomain, connectorId: CONNECTOR_ID, dryRun: true };
    const error = await rejectionOf(disable(sampleProgress(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
  });
});

describe('disable by email domain', () => {
  it('finds the connector and switches it off', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await disable(sampleProgress(), byDomain, services);
    expect(services.calls).toEqual([FIND, PATCH]);
    expect(progress).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('changes nothing when it is disabled', async () => {
    const services = fakeServices({ connector: disabled });
    const progress = await disable(sampleProgress(), byDomain, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('is disabled already');
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(sampleProgress(), byDomain, services);
    const again = await disable(sampleProgress(), byDomain, services);
    expect(services.calls).toEqual([FIND, PATCH, FIND]);
    expect(again.changed).toBe(false);
  });

  it('goes by what an earlier mode has learnt, without another look', async () => {
    const services = fakeServices({ connector: enabled });
    await disable(withConnector(sampleProgress(), enabled), byDomain, services);
    expect(services.calls).toEqual([PATCH]);
  });

  it('keeps what an earlier mode has changed', async () => {
    const services = fakeServices({ connector: disabled });
    const progress = await disable(sampleProgress({ changed: true, created: true }), byDomain, services);
    expect(progress).toMatchObject({ changed: true, created: true });
  });

  it('only says what it would do in a dry run', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await disable(sampleProgress(), { ...byDomain, dryRun: true }, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('Dry run: would disable');
  });

  it('fails when there is none: somebody locked out would believe in it', async () => {
    const services = fakeServices();
    const error = await rejectionOf(disable(sampleProgress(), byDomain, services), ActionError);
    expect(error.message).toContain(`has no SSO connector for ${DOMAIN}: nothing was disabled.`);
    expect(error.hint).toContain('run again with its account-id');
  });

  it('fails in a dry run when there is none', async () => {
    const settings = { ...byDomain, dryRun: true };
    await rejectionOf(disable(sampleProgress(), settings, fakeServices()), ActionError);
  });

  it('is content with none when it is to be deleted anyway', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ modes: ['disable', 'delete'] });
    const progress = await disable(sampleProgress(), settings, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.log.text()).toContain('nothing to disable');
  });

  it('needs credentials', async () => {
    await rejectionOf(disable(sampleProgress(), byDomain, fakeServices({ api: undefined })), InputError);
  });
});
