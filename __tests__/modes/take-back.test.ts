import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import { ActionError, StoppedError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { disableCommand, takeBack } from '../../src/modes/take-back.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
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
const isOff = async (): Promise<SsoConnector> => disabled;

function refusal(status: number): CloudflareApiError {
  const details = { retryability: 'permanent', status, errors: [], hint: 'Its own hint.' } as const;
  return new CloudflareApiError(`PATCH failed with ${status}.`, details);
}

const down = new NetworkError('It is down.', { retryability: 'ambiguous' });

/** Throws these in turn, then resolves. */
function failing(failures: readonly Error[]): () => Promise<SsoConnector> {
  const left = [...failures];
  return () => {
    const failure = left.shift();
    return failure === undefined ? isOff() : Promise.reject(failure);
  };
}

function takingBack(lastResort: World['lastResort'] = {}, signal?: AbortSignal) {
  const domain = sampleDomain({ connector: enabled });
  const world = { connector: enabled, lastResort: { change: isOff, get: isOff, ...lastResort } };
  const services = fakeServices(signal === undefined ? world : { ...world, signal });
  return { domain, services, run: () => takeBack(domain, CONNECTOR_ID, settings, services) };
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
    const { domain, services, run } = takingBack({ change: failing([down, down]) }, stop);
    await run();
    expect(domain.state).toBe('verified');
    expect(services.clock.sleptMs).toEqual([500, 1000]);
  });

  it('tries again after failures, and ends each line about one with the command', async () => {
    const { domain, services, run } = takingBack({ change: failing([down, refusal(500), down]) });
    await run();
    expect(services.calls).toEqual([CHANGE, CHANGE, CHANGE, CHANGE, LOOK]);
    expect(services.clock.sleptMs).toEqual([500, 1000, 2000]);
    expect(services.log.lines).toEqual([
      line('warning', CONNECTOR_ID, 'not be disabled', 'It is down.', '500ms'),
      `info: ${COMMAND}`,
      line('warning', CONNECTOR_ID, 'not be disabled', 'failed with 500', '1s'),
      `info: ${COMMAND}`,
      line('warning', CONNECTOR_ID, 'not be disabled', 'It is down.', '2s'),
      `info: ${COMMAND}`,
    ]);
    expect(services.log.text()).not.toContain(API_TOKEN);
    expect(domain).toMatchObject({ state: 'verified', changed: true });
  });

  it('never gives up on what may pass, and pauses for half a minute at most', async () => {
    const { services, run } = takingBack({ change: failing(Array(20).fill(down)) });
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
    const { domain, services, run } = takingBack({ get });
    await run();
    expect(services.calls.filter((call) => call === CHANGE)).toHaveLength(11);
    expect(warningsOf(services)[0]).toEqual(line('warning', CONNECTOR_ID, 'accepted', 'still enabled'));
    expect(domain.state).toBe('verified');
  });

  it('tries again when it cannot be read back', async () => {
    const { services, run } = takingBack({ get: failing([down]) });
    await run();
    expect(services.calls).toEqual([CHANGE, LOOK, CHANGE, LOOK]);
  });

  it.each(['change', 'get'] as const)('is done when the connector is gone (%s: 404)', async (call) => {
    const { domain, services, run } = takingBack({ [call]: () => Promise.reject(refusal(404)) });
    await run();
    expect(services.calls.filter((one) => one === CHANGE)).toHaveLength(1);
    expect(domain).toMatchObject({ state: 'absent', connector: undefined });
    expect(services.log.lines).toEqual([]);
  });
});

describe('taking back that Cloudflare refuses', () => {
  it('ends after eight times with the command, and the connector as it is', async () => {
    const refused = refusal(403);
    const { domain, services, run } = takingBack({ change: () => Promise.reject(refused) });
    const error = await rejectionOf(run(), ActionError);
    expect(error.message).toMatch(
      facts(CONNECTOR_ID, 'still enabled', 'nobody has confirmed', 'failed with 403'),
    );
    expect(error.hint).toMatch(facts('Its own hint.', 'by hand', COMMAND));
    expect(error).toMatchObject({ command: COMMAND, cause: refused });
    expect(services.calls).toEqual(Array(8).fill(CHANGE));
    expect(services.log.lines.at(-1)).toBe(`info: ${COMMAND}`);
    expect(domain).toMatchObject({ state: 'enabled' });
  });

  it('begins to count anew after a failure that may pass', async () => {
    const seven = Array(7).fill(refusal(403));
    const { domain, run } = takingBack({ change: failing([...seven, down, ...seven]) });
    await run();
    expect(domain.state).toBe('verified');
  });

  it('also ends with the command after a defect', async () => {
    const defect = new TypeError('x is undefined');
    const { services, run } = takingBack({ change: () => Promise.reject(defect) });
    const error = await rejectionOf(run(), ActionError);
    expect(error).toMatchObject({ command: COMMAND, message: expect.stringContaining('x is undefined') });
    expect(error.cause).toMatchObject({ cause: defect });
    expect(services.calls).toHaveLength(8);
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
