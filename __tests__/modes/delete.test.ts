import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError, OutcomeUnknownError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
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

const ALL = `all "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const DELETE = `delete "${CONNECTOR_ID}"`;

const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = sampleConnector({ verificationStatus: 'verified' });

const alone = sampleSettings({ modes: ['delete'] });
const both = sampleSettings({ modes: ['disable', 'delete'] });

function refused(status: number, ...codes: readonly number[]): CloudflareApiError {
  const errors = codes.map((code) => ({ code, message: 'No' }));
  return new CloudflareApiError('No.', { retryability: 'permanent', status, errors });
}

/** Cloudflare's answer about a connector that is not there. */
const gone = refused(404, 17001);
const lost = new NetworkError('No answer.', { retryability: 'ambiguous' });
/** A refusal after an attempt without an answer. */
const doubtful = new OutcomeUnknownError(refused(403));

function rejecting(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

describe('delete', () => {
  it('deletes a disabled connector and forgets it', async () => {
    const services = fakeServices({ connector: disabled });
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(services.calls).toEqual([ALL, DELETE]);
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
    expect(services.calls).toEqual([ALL]);
  });

  it('looks again after an earlier mode and refuses what was enabled since', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = sampleDomain({ connector: disabled });
    await rejectionOf(deleteConnector(domain, both, services), ActionError);
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ state: 'enabled', changed: false });
  });

  it('deletes what disable disabled', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(disable, sampleDomain(), both, services);
    expect(await domainAfter(deleteConnector, domain, both, services)).toMatchObject({
      sight: { kind: 'absent' },
      changed: true,
    });
    expect(services.calls).toEqual([ALL, 'change {"enabled":false}', ALL, DELETE]);
  });

  it('succeeds with nothing to do when there is none', async () => {
    const services = fakeServices();
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices({ connector: disabled });
    await deleteConnector(sampleDomain(), alone, services);
    const again = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(again).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.calls).toEqual([ALL, DELETE, ALL]);
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
    const services = fakeServices({ ssoConnectors: { allOf: rejecting(failure) } });
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
    const services = fakeServices({ ssoConnectors: { get: rejecting(gone) } });
    const domain = await domainAfter(deleteConnector, nobody(), byId, services);
    expect(services.calls).toEqual([GET]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.text()).toContain('nothing to delete');
  });

  it('takes a 404 for one that an earlier mode disabled by its ID as gone', async () => {
    const services = fakeServices({ ssoConnectors: { get: rejecting(gone) } });
    const domain = await createdDomain({ name: undefined, connector: disabled });
    const settings = { ...byId, modes: both.modes };
    expect(await domainAfter(deleteConnector, domain, settings, services)).toMatchObject({
      sight: { kind: 'absent' },
      changed: true,
    });
    expect(services.calls).toEqual([GET]);
  });

  it.each([
    ['400', refused(400)],
    ['401', refused(401)],
    ['403', refused(403)],
    ['500', refused(500)],
    ['404 of a wrong account or path', refused(404, 7003)],
    ['404 without an error of Cloudflare', refused(404)],
  ])('passes on a %s', async (_, failure) => {
    const services = fakeServices({ ssoConnectors: { get: rejecting(failure) } });
    const domain = nobody();
    expect(await rejectionOf(deleteConnector(domain, byId, services), CloudflareApiError)).toBe(failure);
    expect(domain.state).toBeUndefined();
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
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ changed: false, connector: disabled });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would delete', CONNECTOR_ID, DOMAIN)]);
  });

  it('counts on the earlier mode to disable an enabled one', async () => {
    const services = fakeServices({ connector: enabled });
    const domain = await domainAfter(deleteConnector, sampleDomain(), { ...both, dryRun: true }, services);
    expect(services.calls).toEqual([ALL]);
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

describe('delete when Cloudflare does not say whether the connector is enabled', () => {
  const unknown = { ...disabled, enabled: undefined };

  it('refuses it', async () => {
    const services = fakeServices({ connector: unknown });
    const domain = sampleDomain();
    const error = await rejectionOf(deleteConnector(domain, alone, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, DOMAIN, 'may be enabled'));
    expect(error.hint).toContain('mode: disable, delete');
    expect(services.calls).toEqual([ALL]);
    expect(domain).toMatchObject({ state: undefined, changed: false });
  });

  it('deletes it once disable has disabled it', async () => {
    const services = fakeServices({ connector: unknown });
    const domain = await domainAfter(disable, sampleDomain(), both, services);
    expect(await domainAfter(deleteConnector, domain, both, services)).toMatchObject({ state: 'absent' });
  });
});

describe('delete when its request gets no answer', () => {
  it.each([lost, doubtful])('is done if a look shows none (%s)', async (error) => {
    const services = fakeServices({
      connector: disabled,
      ssoConnectors: { delete: rejecting(error), get: rejecting(gone) },
    });
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(services.calls).toEqual([ALL, DELETE, GET]);
    expect(domain).toMatchObject({ changed: true, state: 'absent' });
  });

  it('fails with the refusal alone if a look shows that it is still there', async () => {
    const services = fakeServices({ connector: disabled, ssoConnectors: { delete: rejecting(doubtful) } });
    const domain = sampleDomain();
    const deletion = deleteConnector(domain, alone, services);
    expect(await rejectionOf(deletion, CloudflareApiError)).toBe(doubtful.cause);
    expect(domain).toMatchObject({ changed: false, state: 'verified' });
  });

  it.each([refused(403), refused(404), refused(404, 7003)])(
    'claims nothing if the look fails too',
    async (failure) => {
      const services = fakeServices({
        connector: disabled,
        ssoConnectors: { delete: rejecting(doubtful), get: rejecting(failure) },
      });
      const domain = sampleDomain();
      const error = await rejectionOf(deleteConnector(domain, alone, services), OutcomeUnknownError);
      expect(error.message).toContain('may have been carried out');
      expect(domain).toMatchObject({ sight: { kind: 'in-doubt' }, changed: undefined, state: undefined });
    },
  );
});

describe('delete with several connectors of the domain', () => {
  const second = { ...disabled, id: 'second' };
  const deletedOf = ({ calls }: { readonly calls: readonly string[] }) =>
    calls.filter((call) => call.startsWith('delete'));

  it('deletes all that are disabled, and says how many there are', async () => {
    const services = fakeServices({ connectors: [disabled, second] });
    const domain = await domainAfter(deleteConnector, sampleDomain(), alone, services);
    expect(deletedOf(services)).toEqual([DELETE, 'delete "second"']);
    expect(domain).toMatchObject({ changed: true, state: 'absent' });
    expect(services.log.lines[0]).toEqual(line('info', DOMAIN, '2 SSO connectors'));
  });

  it.each([true, undefined])(
    'deletes only those that are certainly disabled (enabled: %s)',
    async (maybe) => {
      const kept = { ...enabled, id: 'kept', enabled: maybe };
      const services = fakeServices({ connectors: [kept, disabled, second] });
      const domain = sampleDomain();
      const error = await rejectionOf(deleteConnector(domain, alone, services), ActionError);
      expect(deletedOf(services)).toEqual([DELETE, 'delete "second"']);
      expect(error.message).toMatch(facts('kept', DOMAIN, 'enabled'));
      expect(services.log.lines[0]).toEqual(line('info', DOMAIN, '3 SSO connectors'));
      expect(domain).toMatchObject({ changed: true, connector: kept });
    },
  );

  it('names every one that it keeps', async () => {
    const services = fakeServices({ connectors: [enabled, { ...enabled, id: 'second' }] });
    const error = await rejectionOf(deleteConnector(sampleDomain(), alone, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'second'));
  });

  it('does not say absent when the last one could not be deleted', async () => {
    const remove = async (id: string) => (id === 'second' ? Promise.reject(refused(403)) : true);
    const services = fakeServices({ connectors: [disabled, second], ssoConnectors: { delete: remove } });
    const domain = sampleDomain();
    await rejectionOf(deleteConnector(domain, alone, services), CloudflareApiError);
    expect(domain).toMatchObject({ changed: true, state: 'verified', connector: second });
  });

  it('touches only the one that is named by its ID', async () => {
    const services = fakeServices({ connector: disabled, connectors: [disabled, second] });
    await deleteConnector(sampleDomain(), { ...alone, connectorId: CONNECTOR_ID }, services);
    expect(services.calls).toEqual([GET, DELETE]);
  });
});
