import { describe, expect, it } from 'vitest';
import { StoppedError } from '../../src/domain/errors.ts';
import type { ModeName } from '../../src/domain/mode-names.ts';
import { MODES } from '../../src/modes/index.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { fakeServices } from '../fakes/services.ts';
import { simulatedClock } from '../fakes/simulated-clock.ts';
import { sampleConnector, sampleSettings } from '../samples/results.ts';

const stop = new StoppedError('Stopped by SIGINT.', { hint: 'Run again.' });
const failing = (error: Error) => ({ ssoConnectors: { find: () => Promise.reject(error) } });

describe('workOnAll', () => {
  it('says which mode a stop interrupted, and leaves any other error as it is', async () => {
    const settings = sampleSettings({ modes: ['create', 'wait-for-dns'] });
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

  it('says that a stop was in preflight when it interrupted the judgement before the first mode', async () => {
    const settings = sampleSettings({ modes: ['create', 'enable'] });
    const identityProviders = () => Promise.reject(stop);
    for (const world of [failing(stop), { access: { identityProviders } }]) {
      const services = fakeServices(world);
      const { failures, domains } = await workOnAll(settings, services);
      const error = { message: 'Stopped by SIGINT in preflight.', hint: 'Run again.' };
      expect(failures).toMatchObject([{ emailDomain: 'example.com', error }]);
      expect(domains[0]?.failure).toBe(failures[0]?.error);
      expect(services.log.text()).not.toContain('group: create');
    }
  });

  it('judges before the first mode of a step that enables, and not before others', async () => {
    const groupsOf = async (modes: readonly ModeName[]) => {
      const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'verified' }) });
      await workOnAll(sampleSettings({ modes }), services);
      return services.log.lines.flatMap((line) => line.match(/^group: (.+)/)?.[1] ?? []);
    };
    expect(await groupsOf(['create', 'enable'])).toEqual(['preflight', 'create', 'enable']);
    expect(await groupsOf(['preflight', 'create', 'enable'])).toEqual(['preflight', 'create', 'enable']);
    expect(await groupsOf(['create', 'wait-for-dns'])).toEqual(['create', 'wait-for-dns']);
    expect(await groupsOf(['check'])).toEqual(['check']);
  });

  it('ends the work on a domain whose judgement refuses, like any failure of its first mode', async () => {
    const services = fakeServices({ identityProviders: [] });
    const { domains, failures } = await workOnAll(sampleSettings({ modes: ['create', 'enable'] }), services);
    expect(failures).toMatchObject([{ emailDomain: 'example.com', error: { name: 'ActionError' } }]);
    expect(domains[0]?.failure).toBe(failures[0]?.error);
    expect(services.log.lines.filter((line) => line.startsWith('group: '))).toEqual(['group: preflight']);
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

  const several = (emailDomains: readonly string[]) => {
    const clock = simulatedClock();
    const allOf = () => clock.sleep(150_000).then(() => []);
    const services = { ...fakeServices({ ssoConnectors: { allOf } }), clock };
    const settings = sampleSettings({ modes: ['disable'], emailDomains });
    const run = async () => {
      // Loaded beforehand: to the clock it would look as if nothing ever happened.
      await MODES.disable();
      return clock.run(workOnAll(settings, services));
    };
    return { services, run, clock };
  };

  it('says once a minute how far several domains are, and then no more', async () => {
    const { services, run, clock } = several(['a.example', 'b.example']);
    const { domains } = await run();
    const told = services.log.lines.filter((line) => line.includes('2 email domains: '));
    expect(told.map((line) => line.slice(0, line.indexOf('.')))).toEqual([
      'info: Still working after 1m',
      'info: Still working after 2m',
    ]);
    expect(domains.map(({ failure }) => failure?.name)).toEqual(['ActionError', 'ActionError']);
    expect(clock.sleeping).toBe(0);
  });

  it('says nothing of that while it works on one domain', async () => {
    const { services, run } = several(['a.example']);
    await run();
    expect(services.log.text()).not.toContain('Still working');
  });

  it('skips the later modes of a domain whose wait timed out', async () => {
    const wait = { timeoutMs: 0, pollIntervalMs: 1000, onTimeout: 'continue' } as const;
    const services = fakeServices({ connector: sampleConnector() });
    const settings = sampleSettings({ modes: ['enable', 'check'], wait });
    const { domains } = await workOnAll(settings, services);
    expect(domains[0]?.domain).toMatchObject({ timedOut: true, drift: undefined });
    expect(services.log.lines.at(-1)).toMatch(/^info: Skipped: check\b/);
  });
});
