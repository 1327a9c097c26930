import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '../../src/domain/errors.ts';
import { driftIssueText } from '../../src/github/drift-issue-text.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { facts } from '../checks/facts.ts';
import { inRuns } from '../checks/in-runs.ts';
import { fakeDeadlines } from '../fakes/deadlines.ts';
import { failureOf, methodsOf, startWorld, type World } from '../fakes/drift-world.ts';
import { DRIFT, NO_DRIFT, OTHER_DRIFT } from '../samples/drift.ts';

/** Every look that finds nothing is repeated until lists have caught up with writes. */
const LOOKS = `${READ_LAG_MS / 1000 + 1}×GET`;
const requestsOf = ({ api }: World): string => inRuns(api.requests.map(({ method }) => method));
const isComment = /\/comments$/;
const isIssues = /\/issues$/;

describe('a failure that may pass', () => {
  const FAULTS = {
    'a 500': { kind: 'status', status: 500 },
    'a 503': { kind: 'status', status: 503 },
    'a reset': { kind: 'reset' },
    'a cut body': { kind: 'cut-body' },
    'no body': { kind: 'body', body: '' },
    'a page that is not JSON': { kind: 'body', body: '<html>', contentType: 'text/html' },
    'an object for a list': { kind: 'body', body: '{"total_count":0,"items":[]}' },
    'a list of something else': { kind: 'body', body: '[{"number":"one"}]' },
  } as const;

  it.each(Object.entries(FAULTS).filter(([name]) => name !== 'a list of something else'))(
    'of the list is repeated: %s',
    async (_, fault) => {
      await using world = await startWorld();
      world.api.issues.seed({ body: driftIssueText(DRIFT).body });
      world.api.faults.add({ method: 'GET', times: 1, fault });
      expect(await world.keep(DRIFT)).toMatchObject({ action: 'none' });
      expect(world.clock.sleptMs).toEqual([500]);
      expect(world.log.text()).toMatch(/list the issues.*again in 500ms/);
    },
  );

  it.each(Object.entries(FAULTS))('of the list for ever never opens an issue: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'GET', fault });
    await failureOf(world);
    expect(methodsOf(world)).not.toContain('POST');
  });

  it('does not include a 409, of which octokit would make an empty list', async () => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'GET', fault: { kind: 'status', status: 409 } });
    expect(await failureOf(world)).toMatchObject({ httpStatus: 409 });
    expect(methodsOf(world)).toBe('GET');
  });

  it('of a page is repeated, and only that page', async () => {
    await using world = await startWorld();
    for (let count = 0; count < 150; count++) world.api.issues.seed();
    world.api.faults.add({ method: 'GET', skip: 1, times: 1, fault: { kind: 'status', status: 502 } });
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'opened' });
    expect(world.api.requests.map(({ query }) => query['page'])).toEqual([undefined, '2', '2', undefined]);
  });

  it('of a change is repeated', async () => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method: 'PATCH', carryOut: true, times: 2, fault: { kind: 'reset' } });
    expect(await world.keep(NO_DRIFT)).toMatchObject({ action: 'closed' });
    expect(methodsOf(world)).toBe('GET POST PATCH PATCH PATCH');
  });
});

describe('a change of unknown outcome', () => {
  it('may have been carried out when it is refused afterwards, and the error says so', async () => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add(
      { method: 'PATCH', carryOut: true, times: 1, fault: { kind: 'reset' } },
      { method: 'PATCH', times: 1, fault: { kind: 'status', status: 403 } },
    );
    const error = await failureOf(world, NO_DRIFT);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.message).toMatch(facts('update the issue', 'HTTP 403', 'may have been carried out'));
  });
});

describe('a list that lags behind writes', () => {
  const LAG = { readLagMs: () => 4000 };
  /** Once at once, and then once a second; fewer after the pause before the second attempt. */
  const FOUND_LATE = /^POST [45]×GET$/;

  it('does not make a second issue of one whose answer was lost', async () => {
    await using world = await startWorld(LAG);
    world.api.faults.add({ method: 'POST', carryOut: true, times: 1, fault: { kind: 'reset' } });
    const result = await world.keep(DRIFT);
    expect(result).toMatchObject({ action: 'opened', url: expect.stringMatching(/\/issues\/1$/) });
    expect(requestsOf(world).replace(/^GET /, '')).toMatch(FOUND_LATE);
    expect(world.api.issues.all()).toHaveLength(1);
  });

  it('does not make a second comment of one whose answer was lost', async () => {
    await using world = await startWorld(LAG);
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    await world.clock.sleep(LAG.readLagMs());
    world.api.faults.add({ method: 'POST', carryOut: true, times: 1, fault: { kind: 'reset' } });
    expect(await world.keep(OTHER_DRIFT)).toMatchObject({ action: 'updated' });
    expect(requestsOf(world).replace(/^GET | PATCH$/g, '')).toMatch(FOUND_LATE);
    expect(world.api.issues.comments(1)).toHaveLength(1);
  });
});

describe('a POST of unknown outcome', () => {
  const LOST = [
    ['reset', { kind: 'reset' }],
    ['500', { kind: 'status', status: 500 }],
    ['cut body', { kind: 'cut-body' }],
    ['success of another shape', { kind: 'body', body: '{}' }],
    ['success that says nothing', { kind: 'body', body: '' }],
    ['time-out', { kind: 'stall-before-headers' }],
    ['time-out in the body', { kind: 'stall-in-body' }],
  ] as const;

  it.each(LOST)('never makes a second issue, when it was carried out: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'POST', carryOut: true, times: 1, fault: fakeDeadlines().passIn(fault) });
    const result = await world.keep(DRIFT);
    expect(result).toMatchObject({ action: 'opened', url: expect.stringMatching(/\/issues\/1$/) });
    expect(methodsOf(world)).toBe('GET POST GET');
    expect(world.api.issues.all()).toHaveLength(1);
  });

  it.each(LOST)('is sent again, when it was not carried out: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'POST', path: isIssues, times: 1, fault: fakeDeadlines().passIn(fault) });
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'opened' });
    expect(requestsOf(world)).toBe(`GET POST ${LOOKS} POST`);
    expect(world.api.issues.all()).toHaveLength(1);
  });

  it('is followed by a list before every further attempt, also when that one was only refused', async () => {
    await using world = await startWorld();
    world.api.faults.add(
      { method: 'POST', times: 1, fault: { kind: 'reset' } },
      { method: 'POST', times: 1, fault: { kind: 'status', status: 429, retryAfter: '1' } },
    );
    await world.keep(DRIFT);
    expect(requestsOf(world)).toBe(`GET POST ${LOOKS} POST ${LOOKS} POST`);
  });

  it('is not sent again when the list that would tell fails', async () => {
    await using world = await startWorld();
    world.api.faults.add(
      { method: 'POST', carryOut: true, times: 1, fault: { kind: 'reset' } },
      { method: 'GET', skip: 1, fault: { kind: 'status', status: 500 } },
    );
    await failureOf(world);
    expect(methodsOf(world)).toBe('GET POST GET GET GET GET');
    world.api.faults.clear();
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'none' });
  });

  it.each(LOST)('never makes a second comment: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({
      method: 'POST',
      path: isComment,
      carryOut: true,
      times: 1,
      fault: fakeDeadlines().passIn(fault),
    });
    expect(await world.keep(OTHER_DRIFT)).toMatchObject({ action: 'updated' });
    expect(methodsOf(world)).toBe('GET POST GET PATCH');
    expect(world.api.issues.comments(1)).toHaveLength(1);
  });

  it('makes the comment that is not there yet', async () => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method: 'POST', path: isComment, times: 1, fault: { kind: 'reset' } });
    await world.keep(OTHER_DRIFT);
    expect(requestsOf(world)).toBe(`GET POST ${LOOKS} POST PATCH`);
    expect(world.api.issues.comments(1)).toHaveLength(1);
  });

  it('may have been carried out when the list that would tell is refused, and the error says so', async () => {
    await using world = await startWorld();
    world.api.faults.add(
      { method: 'POST', carryOut: true, times: 1, fault: { kind: 'reset' } },
      { method: 'GET', skip: 1, fault: { kind: 'status', status: 404 } },
    );
    const error = await failureOf(world);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.message).toMatch(facts('list the issues', 'HTTP 404', 'may have been carried out'));
    expect(methodsOf(world)).toBe('GET POST GET');
  });
});
