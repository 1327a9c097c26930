import { describe, expect, it } from 'vitest';
import { StoppedError } from '../../src/domain/errors.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { fakeServices } from '../fakes/services.ts';
import { sampleConnector, sampleSettings } from '../samples/results.ts';

const stop = new StoppedError('Stopped by SIGINT.', { hint: 'Run again.' });
const failing = (error: Error) => ({ ssoConnectors: { find: () => Promise.reject(error) } });

describe('workOnAll', () => {
  it('says which mode a stop interrupted, and leaves any other error as it is', async () => {
    const settings = sampleSettings({ modes: ['create', 'enable'] });
    const stopped = await workOnAll(settings, fakeServices(failing(stop)));
    expect(stopped.failures).toMatchObject([
      {
        emailDomain: 'example.com',
        error: { message: 'Stopped by SIGINT in mode create.', hint: 'Run again.' },
      },
    ]);
    const bug = new TypeError('x is not a function');
    const failed = await workOnAll(settings, fakeServices(failing(bug)));
    expect(failed.failures[0]?.error).toMatchObject({ cause: bug });
  });

  it('takes every domain through every mode, though another one fails', async () => {
    const emailDomains = ['a.example', 'b.example'];
    const services = fakeServices({
      connectors: [sampleConnector({ emailDomain: 'b.example', enabled: true })],
    });
    const { domains, failures } = await workOnAll(
      sampleSettings({ modes: ['enable'], emailDomains }),
      services,
    );
    expect(domains.map(({ domain }) => domain.state)).toEqual(['absent', 'enabled']);
    expect(failures.map(({ emailDomain }) => emailDomain)).toEqual(['a.example']);
  });

  it('skips the later modes of a domain whose wait timed out', async () => {
    const wait = { timeoutMs: 0, pollIntervalMs: 1000, onTimeout: 'continue' } as const;
    const services = fakeServices({ connector: sampleConnector() });
    const settings = sampleSettings({ modes: ['enable', 'check'], wait });
    const { domains } = await workOnAll(settings, services);
    expect(domains[0]?.domain).toMatchObject({ timedOut: true, drift: undefined });
  });
});
