import { describe, expect, it } from 'vitest';
import type { ApiFault } from '../../sandbox/index.ts';
import { runKept } from '../secrets/kept.ts';
import { startWorld, type World } from '../secrets/world.ts';

const ENABLE = { mode: 'enable', 'confirm-within': '1s' };
/** Whose addresses only Cloudflare knows: a member inside the email domain, one outside, and one who signs in. */
const PERSONS = {
  'the member inside': 'alex@example.com',
  'the member outside': 'break-glass@sandbox.example',
  'the person who signs in': 'kim+admin@example.com',
};
const SIGNS_IN = { email: PERSONS['the person who signs in'], at: Date.now() - 3_600_000 };
const COMMAND = /^curl --fail-with-body -X PATCH .*"Authorization: Bearer \$CLOUDFLARE_API_TOKEN"/;

async function startVerified(): Promise<World> {
  const world = await startWorld();
  world.sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
  return world;
}

const isEnabled = ({ sandbox }: World) => sandbox.api.store.all().some(({ enabled }) => enabled);
const lastLine = (log: string) => log.trimEnd().split('\n').at(-1);
const paths = ({ sandbox }: World) => sandbox.api.requests.map(({ path }) => path.replace(/^.*\//, ''));

describe.concurrent('neither a token nor the address of a person is told when', () => {
  it.each([
    ['preflight', false, 0, 'preflight-report'],
    ['check', true, 1, 'drift-report'],
  ] as const)('mode %s reads what the guards judge by', async (mode, enabled, exitCode, report) => {
    await using world = await startWorld();
    // Only of an enabled connector does mode check read the policies.
    world.sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled });
    world.sandbox.playSignIn(SIGNS_IN);
    const { outputs } = await runKept(world, exitCode, { mode }, {}, PERSONS);
    expect(paths(world)).toEqual(expect.arrayContaining(['members', 'verify', 'apps', 'identity_providers']));
    expect(outputs).toHaveProperty(report);
  });

  it('a sign-in confirms', async () => {
    await using world = await startVerified();
    const { sandbox } = world;
    const before = () => void sandbox.playSignIn({ email: SIGNS_IN.email });
    sandbox.api.faults.add({
      method: 'PATCH',
      carryOut: true,
      fault: { kind: 'last-of-connection', before },
    });
    const inputs = { ...ENABLE, 'confirm-within': '20s' };
    const { outputs } = await runKept(world, 0, inputs, {}, PERSONS);
    expect(outputs).toMatchObject({ confirmed: 'true', enabled: 'true' });
    expect(paths(world)).toContain('access_requests');
  });

  it('nobody confirms: the command to disable names the variable', async () => {
    await using world = await startVerified();
    world.sandbox.playSignIn({ ...SIGNS_IN, allowed: false, at: Date.now() + 100 });
    const { log } = await runKept(world, 1, ENABLE, {}, PERSONS);
    expect(log).toMatch(/killed.*: curl .*\$CLOUDFLARE_API_TOKEN/);
    expect(isEnabled(world)).toBe(false);
  });

  const refusals: readonly (readonly [string, (token: string) => ApiFault])[] = [
    ['refuses', () => ({ kind: 'status', status: 403, errors: [{ code: 10_000, message: 'No' }] })],
    [
      'refuses and sends the token back',
      (token) => ({ kind: 'status', status: 403, errors: [{ code: 9109, message: `No: Bearer ${token}` }] }),
    ],
  ];
  it.each(refusals)('it cannot be disabled again: Cloudflare %s', async (_, fault) => {
    await using world = await startVerified();
    const { api, apiToken } = world.sandbox;
    api.faults.add({ method: 'PATCH', skip: 1, fault: fault(apiToken) });
    const { log, outputs } = await runKept(world, 1, ENABLE, {}, PERSONS);
    expect(lastLine(log)).toMatch(COMMAND);
    expect(outputs).toMatchObject({ confirmed: 'false', state: 'enabled' });
    expect(isEnabled(world)).toBe(true);
  });
});
