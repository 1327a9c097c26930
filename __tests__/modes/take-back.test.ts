import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import { ActionError, StoppedError } from '../../src/domain/errors.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { disableCommand, takeBack } from '../../src/modes/take-back.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import {
  ACCOUNT_ID,
  API_TOKEN,
  CONNECTOR_ID,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const CHANGE = 'last change {"enabled":false}';
const LOOK = `last get "${CONNECTOR_ID}"`;
const settings = sampleSettings();
const COMMAND = disableCommand(CONNECTOR_ID, settings);

const enabled = sampleConnector({ verificationStatus: 'verified', enabled: true });
const disabled: SsoConnector = { ...enabled, enabled: false };

function refusal(status: number, ...codes: readonly number[]): CloudflareApiError {
  const errors = codes.map((code) => ({ code, message: 'No.' }));
  const details = { retryability: 'permanent', status, errors, hint: 'Its own hint.' } as const;
  return new CloudflareApiError(`PATCH failed with ${status}.`, details);
}

const down = new NetworkError('It is down.', { retryability: 'ambiguous' });

/** Throws these in turn, then does the work. */
function failing<T>(failures: readonly Error[], work: () => T): () => T | Promise<never> {
  const left = [...failures];
  return () => {
    const failure = left.shift();
    return failure === undefined ? work() : Promise.reject(failure);
  };
}

interface Attempts extends Pick<World, 'clock' | 'signal' | 'lastResort'> {
  /** Errors of the first requests to disable it, which then change nothing. */
  readonly changeFails?: readonly Error[];
  /** Errors of the first looks at it. */
  readonly getFails?: readonly Error[];
  readonly domain?: EmailDomain;
  readonly isOn?: boolean;
  /** How long ago it was enabled; default: longer than reads lag. */
  readonly sinceMs?: number;
}

/** Takes back a connector that is at Cloudflare what requests made of it, whatever was answered. */
function takingBack({
  changeFails = [],
  getFails = [],
  domain = sampleDomain({ connector: enabled }),
  isOn = true,
  sinceMs = READ_LAG_MS,
  lastResort,
  ...world
}: Attempts = {}) {
  const real = { isOn };
  const now = async (): Promise<SsoConnector> => (real.isOn ? enabled : disabled);
  const change = failing(changeFails, () => {
    real.isOn = false;
    return now();
  });
  const services = fakeServices({
    ...world,
    lastResort: { change, get: failing(getFails, now), ...lastResort },
  });
  const patched = { connectorId: CONNECTOR_ID, patchedByMs: services.clock.now() - sinceMs };
  return { domain, real, services, run: () => takeBack(domain, patched, settings, services) };
}

const warningsOf = ({ log }: FakeServices) => log.lines.filter((one) => one.startsWith('warning:'));

describe('taking back', () => {
  it('disables the connector, reads it back and says nothing', async () => {
    const { domain, services, run } = takingBack();
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK]);
    expect(domain).toMatchObject({ state: 'verified', changed: true });
    expect(services.clock.sleptMs).toEqual([]);
    expect(services.log.lines).toEqual([]);
  });

  it('goes on after a stop', async () => {
    const stop = AbortSignal.abort(new StoppedError('Stopped by SIGTERM.'));
    const { domain, services, run } = takingBack({ changeFails: [down, down], signal: stop });
    await run();
    expect(domain.state).toBe('verified');
    expect(services.clock.sleptMs).toEqual([500, 1000]);
  });

  it('tries again after failures, and ends each line about one with the command', async () => {
    const { domain, services, run } = takingBack({ changeFails: [down, refusal(403), down] });
    await run();
    // A refused one may be disabled all the same; one that failed otherwise is tried again without a look.
    expect(services.calls).toEqual([CHANGE, CHANGE, LOOK, CHANGE, CHANGE, LOOK]);
    expect(services.clock.sleptMs).toEqual([500, 1000, 2000]);
    expect(services.log.lines).toEqual([
      line('warning', CONNECTOR_ID, 'not be disabled', 'It is down.', '500ms'),
      `info: ${COMMAND}`,
      line('warning', CONNECTOR_ID, 'not be disabled', 'failed with 403', '1s'),
      `info: ${COMMAND}`,
      line('warning', CONNECTOR_ID, 'not be disabled', 'It is down.', '2s'),
      `info: ${COMMAND}`,
    ]);
    expect(services.log.text()).not.toContain(API_TOKEN);
    expect(domain).toMatchObject({ state: 'verified', changed: true });
  });

  it('never gives up on what may pass, and pauses for half a minute at most', async () => {
    const { services, run } = takingBack({ changeFails: Array(20).fill(down) });
    await run();
    expect(services.clock.sleptMs).toHaveLength(20);
    expect(Math.max(...services.clock.sleptMs)).toBe(30_000);
    expect(services.clock.sleptMs.slice(-2)).toEqual([30_000, 30_000]);
  });

  it('tries again when the answer says disabled but the connector is read back enabled', async () => {
    let looks = 0;
    const get = async () => {
      looks += 1;
      return looks <= 10 ? enabled : disabled;
    };
    const { domain, services, run } = takingBack({ lastResort: { get } });
    await run();
    expect(services.calls.filter((call) => call === CHANGE)).toHaveLength(11);
    expect(warningsOf(services)[0]).toEqual(line('warning', CONNECTOR_ID, 'accepted', 'not disabled'));
    expect(domain.state).toBe('verified');
  });

  it('tries again when it cannot be read back', async () => {
    const { services, run } = takingBack({ getFails: [down] });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK]);
  });

  it('is done when the connector is gone: neither request finds it', async () => {
    const gone = () => Promise.reject(refusal(404, 17001));
    const { domain, services, run } = takingBack({ lastResort: { change: gone, get: gone } });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK]);
    expect(domain).toMatchObject({ state: 'absent', connector: undefined });
    expect(services.log.lines).toEqual([]);
  });

  it.each([
    ['a wrong account or path', refusal(404, 7003)],
    ['something that is not Cloudflare', refusal(404)],
  ])('does not take it for gone when %s answers both with 404', async (_, missing) => {
    const nothing = () => Promise.reject(missing);
    const { domain, run } = takingBack({ lastResort: { change: nothing, get: nothing } });
    const error = await rejectionOf(run(), ActionError);
    expect(error.command).toBe(COMMAND);
    expect(domain.state).toBe('enabled');
  });

  it.each([
    ['changed', { changeFails: [refusal(404, 17001)] }],
    ['changed, and not read at all', { changeFails: [refusal(404, 17001)], getFails: [down] }],
    ['read', { getFails: [refusal(404, 17001)] }],
  ])('does not take it for gone when it only cannot be %s for a moment', async (_, attempts) => {
    const { domain, real, services, run } = takingBack(attempts);
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK]);
    expect(warningsOf(services)).toEqual([line('warning', CONNECTOR_ID, 'failed with 404')]);
    expect(domain.state).toBe('verified');
    expect(real.isOn).toBe(false);
  });
});

describe('taking back while reads lag', () => {
  /** Reads that show what was before the connector was enabled until then. */
  function lagging({ untilMs = READ_LAG_MS, ...attempts }: Attempts & { readonly untilMs?: number }) {
    const clock = fakeClock();
    const startMs = clock.now();
    const one: ReturnType<typeof takingBack> = takingBack({
      clock,
      sinceMs: 0,
      ...attempts,
      lastResort: {
        get: async () => (clock.now() < startMs + untilMs || !one.real.isOn ? disabled : enabled),
      },
    });
    return one;
  }

  it('does not believe after a refusal that it is disabled', async () => {
    const { domain, real, run } = lagging({ changeFails: Array(3).fill(refusal(403)) });
    await run();
    expect(real.isOn).toBe(false);
    expect(domain.state).toBe('verified');
  });

  it('does not believe it either when every request is refused', async () => {
    const { domain, run } = lagging({ changeFails: Array(8).fill(refusal(403)) });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toContain('is still enabled');
    expect(domain.state).toBe('enabled');
  });

  it('does not believe it after a request without an answer', async () => {
    const { real, run } = lagging({ changeFails: [down] });
    await run();
    expect(real.isOn).toBe(false);
  });

  it('sees after a while that somebody has disabled it by hand', async () => {
    const { domain, services, run } = lagging({ changeFails: Array(8).fill(refusal(403)), isOn: false });
    await run();
    expect(services.clock.sleptMs).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(domain.state).toBe('verified');
  });
});

describe('taking back a change of unknown outcome', () => {
  const inDoubt = () => sampleDomain({ connector: enabled, sight: 'in-doubt' });

  it('disables it twice, because the change may be carried out after the first time', async () => {
    const clock = fakeClock(() => {
      real.isOn = true;
    });
    const { domain, real, services, run } = takingBack({ domain: inDoubt(), clock });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK]);
    expect(clock.sleptMs).toEqual([3000]);
    expect(real.isOn).toBe(false);
    expect(domain.state).toBe('verified');
    expect(services.log.lines).toEqual([]);
  });

  it('goes on after a stop', async () => {
    const signal = AbortSignal.abort(new StoppedError('Stopped by SIGTERM.'));
    const { services, run } = takingBack({ domain: inDoubt(), signal });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK]);
  });

  it('tries again both times', async () => {
    const { real, services, run } = takingBack({ domain: inDoubt(), getFails: [down] });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK, CHANGE, LOOK]);
    expect(services.clock.sleptMs).toEqual([500, 3000]);
    expect(real.isOn).toBe(false);
  });

  it('says that it may still be enabled when it is refused and nobody can see it', async () => {
    const { domain, run } = takingBack({
      domain: inDoubt(),
      lastResort: { change: () => Promise.reject(refusal(403)), get: () => Promise.reject(down) },
    });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'may still be enabled', 'failed with 403'));
    expect(error).toMatchObject({ command: COMMAND });
    expect(domain.sight.kind).toBe('in-doubt');
  });

  it('says that it is still enabled when it is refused and is seen so', async () => {
    const { domain, run } = takingBack({
      domain: inDoubt(),
      lastResort: { change: () => Promise.reject(refusal(403)) },
    });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'is still enabled', 'failed with 403'));
    expect(domain.state).toBe('enabled');
  });
});

describe('taking back that Cloudflare refuses', () => {
  it('ends after eight times with the command, and the connector as it is', async () => {
    const refused = refusal(403);
    const { domain, services, run } = takingBack({ changeFails: Array(8).fill(refused) });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toMatch(
      facts(CONNECTOR_ID, 'is still enabled', 'nobody has confirmed', 'failed with 403'),
    );
    expect(error.hint).toMatch(facts('Its own hint.', 'by hand', COMMAND));
    expect(error).toMatchObject({ command: COMMAND, cause: refused });
    expect(services.calls).toEqual(Array(8).fill([CHANGE, LOOK]).flat());
    expect(services.log.lines.at(-1)).toBe(`info: ${COMMAND}`);
    expect(domain).toMatchObject({ state: 'enabled' });
  });

  it('is done when somebody has disabled it by hand', async () => {
    const { domain, services, run } = takingBack({ changeFails: [refusal(403)], isOn: false });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK]);
    expect(domain.state).toBe('verified');
    expect(services.log.lines).toEqual([]);
  });

  it('begins to count anew after a failure that may pass', async () => {
    const seven = Array(7).fill(refusal(403));
    const { domain, services, run } = takingBack({ changeFails: [...seven, down, ...seven] });
    await run();
    expect(domain.state).toBe('verified');
    expect(services.calls.filter((call) => call === CHANGE)).toHaveLength(16);
  });

  it('says that it may still be enabled when it is accepted but never found', async () => {
    const { run } = takingBack({ getFails: Array(8).fill(refusal(404)) });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toMatch(facts('may still be enabled', 'failed with 404'));
    expect(error.command).toBe(COMMAND);
  });

  it('also ends with the command after a defect', async () => {
    const defect = new TypeError('x is undefined');
    const { services, run } = takingBack({ changeFails: Array(8).fill(defect) });
    const error = await rejectionOf(run(), ActionError);
    expect(error).toMatchObject({ command: COMMAND, message: expect.stringContaining('x is undefined') });
    expect(error.cause).toMatchObject({ cause: defect });
    expect(services.calls.filter((call) => call === CHANGE)).toHaveLength(8);
  });
});

describe('the command that disables a connector by hand', () => {
  const run = promisify(execFile);
  const SHELLS = [['bash', '--norc'], ['sh']] as const;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'take-back-'));
    const curl = join(folder, 'curl');
    await writeFile(curl, '#!/bin/sh\nprintf \'%s\\n\' "$@"\n');
    await chmod(curl, 0o755);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    settings.apiUrl,
    "https://proxy.example/it's/client/v4",
    'https://proxy.example/$(touch made)`touch made`/"a"\\;touch made;&&#!$HOME/v4',
  ])('is one request for a shell, whatever api-url is (%s)', async (apiUrl) => {
    const command = disableCommand(CONNECTOR_ID, { ...settings, apiUrl });
    expect(command).not.toContain(API_TOKEN);
    expect(command).not.toContain('\n');
    for (const [shell, ...options] of SHELLS) {
      const env = { PATH: `${folder}:/usr/bin:/bin`, CLOUDFLARE_API_TOKEN: 'a $token "of" yours' };
      const { stdout } = await run(shell, [...options, '-c', command], { cwd: folder, env });
      expect(stdout.trimEnd().split('\n')).toEqual([
        '--fail-with-body',
        '-X',
        'PATCH',
        `${apiUrl}/accounts/${ACCOUNT_ID}/sso_connectors/${CONNECTOR_ID}`,
        '-H',
        'Authorization: Bearer a $token "of" yours',
        '-H',
        'Content-Type: application/json',
        '-d',
        '{"enabled": false}',
      ]);
    }
    expect(await readdir(folder)).toEqual(['curl']);
  });
});
