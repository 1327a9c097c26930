import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError } from '../../src/domain/errors.ts';
import { startProgress, withConnector } from '../../src/domain/progress.ts';
import { deleteConnector } from '../../src/modes/delete.ts';
import { disable } from '../../src/modes/disable.ts';
import { fakeServices } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import { CONNECTOR_ID, DOMAIN, sampleConnector, sampleProgress, sampleSettings } from '../samples/results.ts';

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
    const progress = await deleteConnector(sampleProgress(), alone, services);
    expect(services.calls).toEqual([FIND, DELETE]);
    expect(progress).toMatchObject({
      changed: true,
      isAbsent: true,
      connector: undefined,
      verificationCode: undefined,
      emailDomain: DOMAIN,
    });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.log.text()).toContain(
      `Deleted the SSO connector ${CONNECTOR_ID} for ${DOMAIN}. Its TXT record can go too.`,
    );
  });

  it('refuses an enabled one and says how to let go of it on purpose', async () => {
    const services = fakeServices({ connector: enabled });
    const error = await rejectionOf(deleteConnector(sampleProgress(), alone, services), ActionError);
    expect(error.message).toBe(
      `The SSO connector ${CONNECTOR_ID} for ${DOMAIN} is enabled: its users sign in through the identity provider.`,
    );
    expect(error.hint).toContain('"mode: disable, delete"');
    expect(services.calls).toEqual([FIND]);
  });

  it('looks again after an earlier mode, and refuses what was enabled meanwhile', async () => {
    const services = fakeServices({ connector: disabled, sights: [{ enabled: true }] });
    const progress = withConnector(sampleProgress(), disabled);
    await rejectionOf(deleteConnector(progress, both, services), ActionError);
    expect(services.calls).toEqual([GET]);
  });

  it('deletes what disable has disabled', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await disable(sampleProgress(), both, services);
    expect(await deleteConnector(progress, both, services)).toMatchObject({ isAbsent: true, changed: true });
    expect(services.calls).toEqual([FIND, 'change {"enabled":false}', GET, DELETE]);
  });

  it('has nothing to do when there is none, and that is a success', async () => {
    const services = fakeServices();
    const progress = await deleteConnector(sampleProgress(), alone, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: disabled });
    await deleteConnector(sampleProgress(), alone, services);
    const again = await deleteConnector(sampleProgress(), alone, services);
    expect(again).toMatchObject({ isAbsent: true, changed: false });
    expect(services.calls).toEqual([FIND, DELETE, FIND]);
  });

  it('forgets a code that was given, once the connector is gone', async () => {
    const progress = await deleteConnector(
      sampleProgress({ verificationCode: 'x' }),
      alone,
      fakeServices({ connector: disabled }),
    );
    expect(progress.verificationCode).toBeUndefined();
  });

  it('has changed nothing when somebody else was faster', async () => {
    const services = fakeServices({ connector: disabled, ssoConnectors: { delete: async () => false } });
    const progress = await deleteConnector(sampleProgress(), alone, services);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.log.text()).toContain('Somebody else has deleted the SSO connector');
  });

  it.each([true, false])('keeps what disable has changed (deleted by this run: %s)', async (isOurs) => {
    const services = fakeServices({ connector: disabled, ssoConnectors: { delete: async () => isOurs } });
    const progress = await deleteConnector(sampleProgress({ changed: true }), both, services);
    expect(progress.changed).toBe(true);
  });

  it('keeps the connector when it could not be deleted', async () => {
    const failure = refused(403);
    const services = fakeServices({
      connector: disabled,
      ssoConnectors: { delete: () => Promise.reject(failure) },
    });
    const deletion = deleteConnector(sampleProgress(), alone, services);
    expect(await rejectionOf(deletion, CloudflareApiError)).toBe(failure);
    expect(services.saved.at(-1)).toMatchObject({ connector: disabled, changed: false });
  });

  it('does not take a 404 of the list for good news: it is the account that is wrong', async () => {
    const failure = refused(404);
    const services = fakeServices({ ssoConnectors: { find: () => Promise.reject(failure) } });
    const deletion = deleteConnector(sampleProgress(), alone, services);
    expect(await rejectionOf(deletion, CloudflareApiError)).toBe(failure);
  });

  it('needs credentials', async () => {
    await rejectionOf(deleteConnector(sampleProgress(), alone, fakeServices({ api: undefined })), InputError);
  });
});

describe('delete by connector ID', () => {
  const byId = sampleSettings({ modes: ['delete'], emailDomains: [], connectorId: CONNECTOR_ID });
  const nobody = startProgress(undefined, undefined);

  it('looks at that one and deletes it', async () => {
    const services = fakeServices({ connector: disabled });
    const progress = await deleteConnector(nobody, byId, services);
    expect(services.calls).toEqual([GET, DELETE]);
    expect(progress).toMatchObject({ emailDomain: DOMAIN, isAbsent: true, changed: true });
  });

  it('takes a 404 for one that is gone, and that is a success', async () => {
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(refused(404)) } });
    const progress = await deleteConnector(nobody, byId, services);
    expect(services.calls).toEqual([GET]);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('takes a 404 of one that an earlier mode has learnt for one that is gone', async () => {
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(refused(404)) } });
    const progress = withConnector(sampleProgress({ changed: true }), disabled);
    expect(await deleteConnector(progress, both, services)).toMatchObject({ isAbsent: true, changed: true });
    expect(services.calls).toEqual([GET]);
  });

  it.each([400, 401, 403, 500])('passes on a %d', async (status) => {
    const failure = refused(status);
    const services = fakeServices({ ssoConnectors: { get: () => Promise.reject(failure) } });
    expect(await rejectionOf(deleteConnector(nobody, byId, services), CloudflareApiError)).toBe(failure);
  });

  it('refuses the connector of another domain', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ modes: ['delete'], connectorId: CONNECTOR_ID });
    const error = await rejectionOf(deleteConnector(sampleProgress(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
    expect(services.calls).toEqual([GET]);
  });
});

describe('delete in a dry run', () => {
  it('only says what it would do', async () => {
    const services = fakeServices({ connector: disabled });
    const progress = await deleteConnector(sampleProgress(), { ...alone, dryRun: true }, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress).toMatchObject({ changed: false, isAbsent: false, connector: disabled });
    expect(services.log.text()).toContain(`Dry run: would delete the SSO connector ${CONNECTOR_ID}`);
  });

  it('takes an enabled one for disabled by the mode before it', async () => {
    const services = fakeServices({ connector: enabled });
    const progress = await deleteConnector(sampleProgress(), { ...both, dryRun: true }, services);
    expect(services.calls).toEqual([FIND]);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('Dry run: would delete');
  });

  it('refuses an enabled one that nothing would disable', async () => {
    const services = fakeServices({ connector: enabled });
    const deletion = deleteConnector(sampleProgress(), { ...alone, dryRun: true }, services);
    expect((await rejectionOf(deletion, ActionError)).hint).toContain('"mode: disable, delete"');
  });

  it('says that there is none', async () => {
    const services = fakeServices();
    await deleteConnector(sampleProgress(), { ...alone, dryRun: true }, services);
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('refuses an enabled one that would only be disabled afterwards', async () => {
    const services = fakeServices({ connector: enabled });
    const settings = sampleSettings({ modes: ['delete', 'disable'], dryRun: true });
    await rejectionOf(deleteConnector(sampleProgress(), settings, services), ActionError);
  });
});
