import { describe, expect, it } from 'vitest';
import { startGitHubApi } from '../../sandbox/github/github-api.ts';
import type { ApiFault, ConnectorSeed, Sandbox } from '../../sandbox/index.ts';
import {
  alter,
  changesOf,
  connectorsOf,
  expectDoubt,
  LOST,
  PATHS,
  REFUSALS,
  REFUSED,
  startWorld,
  stepIn,
} from '../real/doubt-world.ts';

/** A change, and what there is once it is carried out. */
interface Change {
  readonly mode: string;
  readonly seed: Partial<ConnectorSeed> | undefined;
  readonly method: string;
  readonly path: RegExp;
  /** The request that tells whether it was carried out, and how many of its kind come before it. */
  readonly look: readonly [path: RegExp, before: number];
  readonly outputs: Readonly<Record<string, string>>;
}

const CHANGES: readonly Change[] = [
  {
    mode: 'enable',
    seed: { status: 'verified' },
    method: 'PATCH',
    path: PATHS.connector,
    look: [PATHS.connector, 0],
    outputs: { state: 'enabled', enabled: 'true', changed: 'true' },
  },
  {
    mode: 'disable',
    seed: { status: 'verified', enabled: true },
    method: 'PATCH',
    path: PATHS.connector,
    look: [PATHS.connector, 0],
    outputs: { state: 'verified', enabled: 'false', changed: 'true' },
  },
  {
    mode: 'delete',
    seed: { status: 'verified' },
    method: 'DELETE',
    path: PATHS.connector,
    look: [PATHS.connector, 0],
    outputs: { state: 'absent', changed: 'true' },
  },
  {
    mode: 'create',
    seed: undefined,
    method: 'POST',
    path: PATHS.list,
    look: [PATHS.list, 1],
    outputs: { created: 'true', changed: 'true' },
  },
  {
    mode: 'create',
    seed: { status: 'failed' },
    method: 'POST',
    path: PATHS.begin,
    look: [PATHS.connector, 0],
    outputs: { created: 'false', changed: 'true' },
  },
];

/** The answer is lost, and every later request of the kind is refused. */
function loseThenRefuse({ api }: Sandbox, { method, path }: Change, refusal: ApiFault): void {
  api.faults.add({ method, path, times: 1, carryOut: true, fault: LOST });
  api.faults.add({ method, path, fault: refusal });
}

const CASES = CHANGES.flatMap((change) =>
  REFUSALS.map((refusal) => ({ name: `${change.mode} (${change.method} ${change.path})`, change, refusal })),
);

describe.concurrent('a change that is carried out, whose answer is lost, and whose retry is refused', () => {
  it.each(CASES)('$name is told as done once a look shows it', async ({ change, refusal }) => {
    await using sandbox = await startWorld(change.seed);
    loseThenRefuse(sandbox, change, refusal);
    const { exitCode, outputs } = await stepIn(sandbox, { mode: change.mode });
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: change.outputs });
  });

  it.each(CASES)('$name stays in doubt when the look is refused too', async ({ change, refusal }) => {
    await using sandbox = await startWorld(change.seed);
    loseThenRefuse(sandbox, change, refusal);
    const [path, skip] = change.look;
    sandbox.api.faults.add({ method: 'GET', path, skip, fault: REFUSED });
    expectDoubt(await stepIn(sandbox, { mode: change.mode }));
  });

  it('a TXT record is told as added once a look shows it', async () => {
    await using sandbox = await startWorld({ status: 'pending' });
    const code = connectorsOf(sandbox)[0]?.verification.code ?? '';
    sandbox.withdrawTxt('example.com', code);
    sandbox.api.faults.add({ method: 'POST', path: PATHS.records, times: 1, carryOut: true, fault: LOST });
    sandbox.api.faults.add({ method: 'POST', path: PATHS.records, fault: REFUSED });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'publish-dns' });
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
  });

  it('a TXT record stays in doubt when the look is refused too', async () => {
    await using sandbox = await startWorld({ status: 'pending' });
    const code = connectorsOf(sandbox)[0]?.verification.code ?? '';
    sandbox.withdrawTxt('example.com', code);
    sandbox.api.faults.add({ method: 'POST', path: PATHS.records, times: 1, carryOut: true, fault: LOST });
    sandbox.api.faults.add({ method: 'POST', path: PATHS.records, fault: REFUSED });
    sandbox.api.faults.add({ method: 'GET', path: PATHS.records, skip: 1, fault: REFUSED });
    const { exitCode, outputs, stdout } = await stepIn(sandbox, { mode: 'publish-dns' });
    expect(exitCode).toBe(1);
    expect(outputs).not.toHaveProperty('changed');
    expect(stdout).toContain('may have been carried out');
  });
});

describe.concurrent('while reads lag behind writes by four seconds', () => {
  it.each([true, false])(
    'create makes one connector though its answer is lost (two allowed: %s)',
    async (allowsDuplicates) => {
      await using sandbox = await startWorld(undefined, { lags: true, allowsDuplicates });
      sandbox.api.faults.add({ method: 'POST', times: 1, carryOut: true, fault: LOST });
      const { exitCode, outputs } = await stepIn(sandbox, { mode: 'create' });
      const connectors = connectorsOf(sandbox);
      expect(connectors).toHaveLength(1);
      expect({ exitCode, outputs }).toMatchObject({
        exitCode: 0,
        outputs: { created: 'true', changed: 'true', 'connector-id': connectors[0]?.id },
      });
    },
  );

  it('create finds the connector that somebody else has just made, after a conflict', async () => {
    await using sandbox = await startWorld(undefined, { lags: true });
    const make = () => void sandbox.seedConnector({ emailDomain: 'example.com' });
    const fault = { kind: 'last-of-connection', before: make } as const;
    sandbox.api.faults.add({ method: 'GET', path: PATHS.list, times: 1, carryOut: true, fault });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'create' });
    expect(changesOf(sandbox)).toHaveLength(1);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { created: 'false', changed: 'false', 'connector-id': connectorsOf(sandbox)[0]?.id },
    });
  });

  it('disable, delete succeeds', async () => {
    await using sandbox = await startWorld({ status: 'verified', enabled: true }, { lags: true });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'disable, delete' });
    expect(connectorsOf(sandbox)).toEqual([]);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { state: 'absent', changed: 'true' },
    });
  });

  it('enable does not end with the old failed status', async () => {
    await using sandbox = await startWorld({ status: 'failed' }, { lags: true });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'enable' });
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
  });

  it('enable believes reads that have caught up when its own PATCH is answered with the old state', async () => {
    await using sandbox = await startWorld({ status: 'verified' }, { lags: true });
    alter(sandbox, 'PATCH', PATHS.connector, (text) => text.replace('"enabled":true', '"enabled":false'));
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'enable' });
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
    expect(changesOf(sandbox)).toHaveLength(1);
  });

  it('an enable that nobody confirms is taken back though refusals meet reads of before it', async () => {
    await using sandbox = await startWorld({ status: 'verified' }, { lags: true });
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, times: 2, fault: REFUSED });
    const { exitCode, outputs } = await stepIn(sandbox, { mode: 'enable', 'confirm-within': '1s' });
    // Once to enable, twice refused, then until a read has caught up: how often, the load of the machine decides.
    expect(changesOf(sandbox).length).toBeGreaterThanOrEqual(4);
    expect(connectorsOf(sandbox)).toMatchObject([{ enabled: false }]);
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { confirmed: 'false', enabled: 'false' },
    });
  });

  it('check opens one issue though the answer is lost', async () => {
    await using sandbox = await startWorld({ status: 'verified' });
    await using github = await startGitHubApi();
    const issues = /\/issues$/;
    github.faults.add({ method: 'POST', path: issues, times: 1, carryOut: true, fault: LOST });
    const unseen = { kind: 'altered-body', alter: () => '[]' } as const;
    github.faults.add({ method: 'GET', path: issues, times: 4, carryOut: true, fault: unseen });
    const inputs = { mode: 'check', 'drift-issue': 'true', 'github-token': github.token };
    const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository };
    await stepIn(sandbox, inputs, { env });
    const opened = github.requests.filter(({ method, path }) => method === 'POST' && issues.test(path));
    expect(opened).toHaveLength(1);
  });
});
