import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError } from '../../src/domain/errors.ts';
import { deleteConnector } from '../../src/modes/delete.ts';
import { disable } from '../../src/modes/disable.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices } from '../fakes/services.ts';
import {
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
const DELETE = `delete "${CONNECTOR_ID}"`;

const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = sampleConnector({ verificationStatus: 'verified' });

const alone = sampleSettings({ modes: ['delete'] });
const both = sampleSettings({ modes: ['disable', 'delete'] });

function refused(status: number): CloudflareApiError {
  return new CloudflareApiError('No.', { retryability: 'permanent', status, errors: [] });
}

describe('delete', () => {
  it('deletes a disabled connector and forgets it', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(services.calls).toEqual([FIND, DELETE]);
    expect(domain).toMatchObject({
      changed: true,
      sight: { kind: 'absent' },
      connector: undefined,
      verificationCode: undefined,
      name: DOMAIN,
    });
    expect(services.log.lines).toEqual([line('info', 'Deleted', CONNECTOR_ID, DOMAIN, 'TXT record')]);
  });

  it('refuses an enabled one and says how to delete it on purpose', async () => {
    const services = fakeServices({ connector: enabled });
    const error = await rejectionOf(deleteConnector(sampleDomain(), alone, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, DOMAIN, 'is enabled', 'identity provider'));
    expect(error.hint).toContain('mode: disable, delete');
    expect(services.calls).toEqual([FIND]);
  });

  it('looks again after an earlier mode and refuses what was enabled since', async () => {
    const services = fakeServices({ connector: disabled, sights: [{ enabled: true }] });
    const domain = sampleDomain({ connector: disabled });
    await rejectionOf(deleteConnector(domain, both, services), ActionError);
    expect(services.calls).toEqual([GET]);
  });

  it('deletes what disable disabled', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, sampleDomain(), both, services);
    expect(await domainAfter(deleteConnector, domain, both, services)).toMatchObject({
      sight: { kind: 'absent' },
      changed: true,
    });
    expect(services.calls).toEqual([FIND, 'change {"enabled":false}', GET, DELETE]);
  });

  it('succeeds with nothing to do when there is none', async () => {
    const services = fakeServices();
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(services.calls).toEqual([FIND]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: disabled });
    await deleteConnector(sampleDomain(), alone, services);
    const again = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(again).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.calls).toEqual([FIND, DELETE, FIND]);
  });

  it('forgets a code that was given, once the connector is gone', async () => {
    const domain = await domainAfter(
      deleteConnector,
      sampleDomain({ verificationCode: 'x' }),
      alone,
      fakeServices({ connector: disabled }),
    );
    expect(domain.verificationCode).toBeUndefined();
  });

  it('has changed nothing when somebody else was faster', async () => {
    const services = fakeServices({ connector: disabled, ssoConnectors: { delete: async () => false } });
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.lines).toEqual([line('info', 'Somebody else', 'deleted', CONNECTOR_ID, DOMAIN)]);
  });

  it.each([true, false])(
    'remembers that disable changed something (deleted by this run: %s)',
    async (isOurs) => {
      const services = fakeServices({ connector: disabled, ssoConnectors: { delete: async () => isOurs } });
      const domain = await domainAfter(
        deleteConnector,
        await createdDomain({ connector: disabled }),
        both,
        services,
      );
      expect(domain.changed).toBe(true);
    },
  );

  it('keeps the connector when it could not be deleted', async () => {
    const domain = sampleDomain();
    const failure = refused(403);
    const services = fakeServices({
      connector: disabled,
      ssoConnectors: { delete: () => Promise.reject(failure) },
    });
    const deletion = deleteConnector(domain, alone, services);
    expect(await rejectionOf(deletion, CloudflareApiError)).toBe(failure);
    expect(domain).toMatchObject({ connector: disabled, changed: false });
  });

  it('fails on a 404 for the list: the account is wrong', async () => {
    const failure = refused(404);
    const services = fakeServices({ ssoConnectors: { find: () => Promise.reject(failure) } });
    const deletion = deleteConnector(sampleDomain(), alone, services);
    expect(await rejectionOf(deletion, CloudflareApiError)).toBe(failure);
  });

  it('needs credentials', async () => {
    await rejectionOf(deleteConnector(sampleDomain(), alone, fakeServices({ api: undefined })), InputError);
  });
});

describe('delete by connector ID', () => {
  const byId = sampleSettings({ modes: ['delete'], emailDomains: [], connectorId: CONNECTOR_ID });
  const nobody = () => sampleDomain({ name: undefined });

  it('looks at that one and deletes it', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(deleteConnector, nobody(), byId, services);
    expect(services.calls).toEqual([GET, DELETE]);
    expect(domain).toMatchObject({ name: DOMAIN, sight: { kind: 'absent' }, changed: true });
  });

  it('takes a 404 for one that is gone, and succeeds', async () => {
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(refused(404)) } });
    const domain = await domainAfter(deleteConnector, nobody(), byId, services);
    expect(services.calls).toEqual([GET]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('takes a 404 for one that an earlier mode saw as gone', async () => {
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(refused(404)) } });
    const domain = await createdDomain({ connector: disabled });
    expect(await domainAfter(deleteConnector, domain, both, services)).toMatchObject({
      sight: { kind: 'absent' },
      changed: true,
    });
    expect(services.calls).toEqual([GET]);
  });

  it.each([400, 401, 403, 500])('passes on a %d', async (status) => {
    const failure = refused(status);
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(failure) } });
    expect(await rejectionOf(deleteConnector(nobody(), byId, services), CloudflareApiError)).toBe(failure);
  });

  it('refuses the connector of another domain', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ modes: ['delete'], connectorId: CONNECTOR_ID });
    const error = await rejectionOf(deleteConnector(sampleDomain(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
    expect(services.calls).toEqual([GET]);
  });
});

describe('delete in a dry run', () => {
  it('only says what it would do', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(deleteConnector, sampleDomain(), { ...alone, dryRun: true }, services);
    expect(services.calls).toEqual([FIND]);
    expect(domain).toMatchObject({ changed: false, connector: disabled });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would delete', CONNECTOR_ID, DOMAIN)]);
  });

  it('counts on the earlier mode to disable an enabled one', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(deleteConnector, sampleDomain(), { ...both, dryRun: true }, services);
    expect(services.calls).toEqual([FIND]);
    expect(domain.changed).toBe(false);
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would delete', CONNECTOR_ID, DOMAIN)]);
  });

  it('refuses an enabled one that nothing would disable', async () => {
    const services = fakeServices({ connector: enabled });
    const deletion = deleteConnector(sampleDomain(), { ...alone, dryRun: true }, services);
    expect((await rejectionOf(deletion, ActionError)).hint).toContain('mode: disable, delete');
  });

  it('says that there is none', async () => {
    const services = fakeServices();
    await deleteConnector(sampleDomain(), { ...alone, dryRun: true }, services);
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('refuses an enabled one that would only be disabled afterwards', async () => {
    const services = fakeServices({ connector: enabled });
    const settings = sampleSettings({ modes: ['delete', 'disable'], dryRun: true });
    await rejectionOf(deleteConnector(sampleDomain(), settings, services), ActionError);
  });
});
