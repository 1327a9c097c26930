import { describe, expect, it } from 'vitest';
import type { ApiFault, ApiFaultRule } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import {
  annotations,
  CANCELLED,
  type ConfirmWorld,
  changesSent,
  confirmingStep,
  expectTakenBack,
  isAsking,
  isEnabled,
  onceAsked,
  PATHS,
  PERSON,
  startConfirmWorld,
} from '../real/confirming-step.ts';
import { FAST_DEADLINES, FAST_PAUSES } from '../real/preload.ts';
import { runStoppedStep, type Stop } from '../real/stopped-step.ts';

const SOON = { 'confirm-within': '1s' };
const SHORT_DEADLINES = { NODE_OPTIONS: `${FAST_PAUSES} ${FAST_DEADLINES}` };
const errorOf = (result: StepResult): string => annotations(result, 'error')[0]?.data ?? '';

/** A fault from the moment on at which the step asks for a sign-in. */
function faultOnceAsked({ api }: ConfirmWorld, rule: ApiFaultRule): (line: string) => void {
  return onceAsked(() => api.faults.add(rule));
}

describe.concurrent('nobody signs in in time', () => {
  it.each([
    ['without a denied sign-in', 0, ['No denied sign-in', 'longer confirm-within', 'identity provider']],
    ['with one', 1, ['1 denied sign-in was seen', 'okta', 'policies']],
    ['with several', 3, ['3 denied sign-ins were seen', 'okta', 'policies']],
  ])('%s', async (_, count, told) => {
    await using sandbox = await startConfirmWorld();
    const denied = { email: PERSON, allowed: false, connection: 'okta' };
    const onLine = onceAsked(() => {
      for (let played = 0; played < count; played += 1) sandbox.playSignIn(denied);
    });
    const result = await runStep({ ...confirmingStep(sandbox, SOON), onLine });
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toMatch(facts('Nobody of example.com', sandbox.connectorId, ...told));
    expect(changesSent(sandbox)).toEqual([true, false]);
    const warned = annotations(result, 'warning').filter(({ data }) => data.includes('denied'));
    expect(warned.length > 0).toBe(count > 0);
  });

  it('because the Access application never appears', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.changeAccount({ ssoApp: { isMissing: true } });
    const result = await runStep(confirmingStep(sandbox, SOON));
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toMatch(facts('dash_sso', 'not appeared'));
  });

  it('while the log asks for five minutes of patience: the promise is about the connector, not about the log', async () => {
    await using sandbox = await startConfirmWorld();
    const fault = { kind: 'status', status: 429, retryAfter: '300' } as const;
    const onLine = faultOnceAsked(sandbox, { path: PATHS.log, fault });
    const result = await runStep({ ...confirmingStep(sandbox, SOON), onLine });
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toMatch(facts('sign-ins did not answer in time', sandbox.connectorId));
  });

  it('and another mode would have followed', async () => {
    await using sandbox = await startConfirmWorld();
    const result = await runStep(confirmingStep(sandbox, { ...SOON, mode: 'enable, check' }));
    expect(isEnabled(sandbox)).toBe(false);
    expect(result).toMatchObject({ exitCode: 1, outputs: { confirmed: 'false', state: 'verified' } });
    expect(errorOf(result)).toMatch(facts('Nobody of example.com', 'disabled again'));
  });
});

/** Stops a step and sees that it took the enable back, within the time that a runner gives. */
async function stopped(sandbox: ConfirmWorld, what: string, stop: Stop): Promise<StepResult> {
  const result = await runStoppedStep(confirmingStep(sandbox), stop);
  console.log(`${what}: ended ${Math.round(result.stopMs)} ms after the signal`);
  expectTakenBack(sandbox, result);
  expect(errorOf(result)).toMatch(facts('Stopped by', 'in mode enable', 'nobody had confirmed it'));
  return result;
}

describe.concurrent('the step is stopped', () => {
  it.each<[string, Omit<Stop, 'when'>]>([
    ['by SIGINT', { signals: ['SIGINT'] }],
    ['by SIGTERM', { signals: ['SIGTERM'] }],
    ['by SIGHUP, as of a terminal that closes', { signals: ['SIGHUP'] }],
    ['by both at once', { signals: ['SIGINT', 'SIGTERM'], gapMs: 0 }],
    ['as the runner does', CANCELLED],
  ])('%s while it waits for a sign-in', async (what, stop) => {
    await using sandbox = await startConfirmWorld();
    await stopped(sandbox, what, { ...stop, when: isAsking });
    expect(changesSent(sandbox)).toEqual([true, false]);
  });

  it('while the log does not answer', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ path: PATHS.log, skip: 2, fault: { kind: 'stall-before-headers' } });
    const when = () => sandbox.api.requests.filter(({ path }) => PATHS.log.test(path)).length > 2;
    await stopped(sandbox, 'a silent log', { ...CANCELLED, when });
  });

  it.each<[string, ApiFault, boolean]>([
    ['and is carried out', { kind: 'stall-before-headers' }, true],
    ['and half its answer is there', { kind: 'stall-in-body' }, true],
    ['and is not carried out', { kind: 'stall-before-headers' }, false],
  ])('while the change is under way %s', async (what, fault, carryOut) => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', times: 1, carryOut, fault });
    await stopped(sandbox, `the change ${what}`, {
      ...CANCELLED,
      when: () => changesSent(sandbox).length > 0,
    });
  });

  it('while the change is under way and Cloudflare carries it out after the one that takes it back', async () => {
    await using sandbox = await startConfirmWorld();
    const { store } = sandbox.api;
    const late = (): void => {
      const enable = () => store.update(sandbox.accountId, sandbox.connectorId, { enabled: true });
      const untilDisabled = setInterval(() => {
        if (!changesSent(sandbox).includes(false)) return;
        clearInterval(untilDisabled);
        setTimeout(enable, 20);
      }, 5);
    };
    const fault = { kind: 'stall-before-headers', meanwhile: late } as const;
    sandbox.api.faults.add({ method: 'PATCH', times: 1, fault });
    await stopped(sandbox, 'a late change', { ...CANCELLED, when: () => changesSent(sandbox).length > 0 });
  });

  it.each<[string, ApiFaultRule]>([
    ['is refused once by a broken server', { fault: { kind: 'status', status: 503 }, times: 1 }],
    ['is refused for a while', { fault: { kind: 'status', status: 403 }, times: 4 }],
    ['is lost after it was carried out', { fault: { kind: 'reset' }, times: 1, carryOut: true }],
    ['does not answer', { fault: { kind: 'stall-before-headers' }, times: 1 }],
    ['does not answer, but was carried out', { fault: { kind: 'stall-in-body' }, times: 1, carryOut: true }],
    ['is answered by a proxy', { fault: { kind: 'body', body: '<html>' }, times: 2 }],
    ['is said to concern nothing', { fault: { kind: 'status', status: 404 }, times: 1 }],
    ['comes too soon', { fault: { kind: 'status', status: 429, retryAfter: '1' }, times: 1 }],
  ])('and the first request that takes it back %s', async (what, rule) => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, ...rule });
    await stopped(sandbox, `taking back ${what}`, { ...CANCELLED, when: isAsking });
  });

  it.each<[string, ApiFaultRule]>([
    ['fails', { fault: { kind: 'status', status: 500 }, times: 2 }],
    ['finds nothing', { fault: { kind: 'status', status: 404 }, times: 1 }],
    ['is cut', { fault: { kind: 'cut-body' }, times: 1 }],
  ])('and reading it back %s at first', async (what, rule) => {
    await using sandbox = await startConfirmWorld();
    const added = () => sandbox.api.faults.add({ method: 'GET', path: PATHS.connector, ...rule });
    const stop = { ...CANCELLED, when: isAsking };
    const step = confirmingStep(sandbox);
    const result = await runStoppedStep(step, {
      ...stop,
      when: (stdout) => {
        if (!isAsking(stdout)) return false;
        added();
        return true;
      },
    });
    console.log(`reading back ${what}: ended ${Math.round(result.stopMs)} ms after the signal`);
    expectTakenBack(sandbox, result);
  });
});

describe.concurrent('the wait fails', () => {
  // The wait ends before five attempts have used up their deadlines.
  const LATE = ['did not answer in time'];
  const faults: readonly [string, ApiFault, readonly string[]][] = [
    ['is broken', { kind: 'status', status: 503 }, ['HTTP 503']],
    ['is refused', { kind: 'status', status: 403 }, ['403', 'permission']],
    ['does not answer', { kind: 'stall-before-headers' }, LATE],
    ['stops in its answer', { kind: 'stall-in-body' }, LATE],
    ['answers with malformed JSON', { kind: 'body', body: '{"success": tru' }, ['not JSON']],
    ['answers with another shape', { kind: 'body', body: '{"success": true, "result": 1}' }, ['shape']],
  ];

  it.each(faults)('because the log of sign-ins %s for good', async (_, fault, told) => {
    await using sandbox = await startConfirmWorld();
    const onLine = faultOnceAsked(sandbox, { path: PATHS.log, fault });
    const result = await runStep({ ...confirmingStep(sandbox, {}, SHORT_DEADLINES), onLine });
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toMatch(facts(...(told === LATE ? [] : ['access_requests']), ...told));
  });

  it.each(faults)('because the list of applications %s for good', async (_, fault, told) => {
    await using sandbox = await startConfirmWorld();
    sandbox.changeAccount({ ssoApp: { isMissing: true } });
    const onLine = faultOnceAsked(sandbox, { path: PATHS.applications, fault });
    const result = await runStep({ ...confirmingStep(sandbox, {}, SHORT_DEADLINES), onLine });
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toMatch(facts(...(told === LATE ? [] : ['access/apps']), ...told));
  });
});

describe.concurrent('the change itself', () => {
  const answers: readonly [string, ApiFault][] = [
    ['is lost', { kind: 'reset' }],
    ['stops', { kind: 'stall-in-body' }],
    ['is a broken server', { kind: 'status', status: 502 }],
    ['is malformed', { kind: 'body', body: '{"success"' }],
  ];

  it.each(answers)('is carried out each time, but its answer %s', async (_, fault) => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', times: 5, carryOut: true, fault });
    const result = await runStep(confirmingStep(sandbox, {}, SHORT_DEADLINES));
    expectTakenBack(sandbox, result);
    expect(changesSent(sandbox).slice(0, 6)).toEqual([true, true, true, true, true, false]);
  });

  it('is carried out once, but its answer shows another connector: a look tells, and a sign-in is waited for', async () => {
    await using sandbox = await startConfirmWorld();
    const alter = (text: string) => text.replace(/"id":"\w+"/, '"id":"x"');
    sandbox.api.faults.add({
      method: 'PATCH',
      times: 1,
      carryOut: true,
      fault: { kind: 'altered-body', alter },
    });
    const result = await runStep(confirmingStep(sandbox, SOON));
    expectTakenBack(sandbox, result);
    expect(errorOf(result)).toContain('Nobody of example.com');
    expect(changesSent(sandbox)).toEqual([true, false]);
  });

  it('is carried out, but answered and read back as it was before', async () => {
    await using sandbox = await startConfirmWorld();
    const before = (text: string) => text.replaceAll('"enabled":true', '"enabled":false');
    const fault = { kind: 'altered-body', alter: before } as const;
    sandbox.api.faults.add({ path: PATHS.connector, carryOut: true, fault });
    const result = await runStep(confirmingStep(sandbox));
    expectTakenBack(sandbox, result);
    expect(changesSent(sandbox)).toEqual([true, false]);
  });

  it('is carried out and lost, and then refused', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', times: 1, carryOut: true, fault: { kind: 'reset' } });
    sandbox.api.faults.add({ method: 'PATCH', times: 1, fault: { kind: 'status', status: 403 } });
    const result = await runStep(confirmingStep(sandbox));
    expectTakenBack(sandbox, result);
    expect(changesSent(sandbox)).toEqual([true, true, false]);
  });

  it('is refused: nothing was enabled, so nothing is taken back', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'status', status: 403 } });
    const result = await runStep(confirmingStep(sandbox));
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'verified', enabled: 'false' } });
    expect(result.outputs).not.toHaveProperty('confirmed');
    expect(changesSent(sandbox)).toEqual([true]);
    expect(errorOf(result)).not.toContain('disabled again');
  });
});
