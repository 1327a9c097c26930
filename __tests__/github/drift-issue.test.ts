import { describe, expect, it } from 'vitest';
import type { IssueSeed } from '../../sandbox/github/issue-store.ts';
import { driftIssueText, driftMarker } from '../../src/github/drift-issue-text.ts';
import { facts } from '../checks/facts.ts';
import { startWorld } from '../fakes/drift-world.ts';
import {
  DRIFT,
  MARKER,
  NO_DRIFT,
  NOT_CHECKED,
  OTHER_DRIFT,
  RUN_URL,
  reportOf,
  sampleDrift,
} from '../samples/drift.ts';

const { title, body } = driftIssueText(DRIFT);
const BOT = { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' } as const;
const ours = (changes: IssueSeed = {}): IssueSeed => ({ title, body, author: BOT, ...changes });
const closed = (closedAt: string): IssueSeed => ours({ state: 'closed', closedAt });
const outsider = (changes: IssueSeed = {}): IssueSeed =>
  ours({ author: { login: 'eve', type: 'User', association: 'NONE' }, ...changes });

/** What the issues are afterwards: state, number of comments, and whether the text is that of the drift. */
async function outcome(report: typeof DRIFT, seeds: readonly IssueSeed[], dryRun = false) {
  await using world = await startWorld();
  for (const seed of seeds) world.api.issues.seed(seed);
  const result = await world.keep(report, { dryRun });
  const issues = world.api.issues.all().map(({ number, state, state_reason, body }) => {
    const text = body === driftIssueText(report).body ? 'text of this drift' : 'another text';
    return `${state}${state_reason === null ? '' : ` (${state_reason})`}, ${text}, ${world.api.issues.comments(number).length} comments`;
  });
  const methods = world.api.requests.map(({ method }) => method);
  return { ...result, issues, methods, log: world.log.text() };
}

const NOW = 'text of this drift';

describe('the one issue', () => {
  it.each([
    ['drift and no issue', DRIFT, [], 'opened', [`open, ${NOW}, 0 comments`]],
    ['drift as in the open issue', DRIFT, [ours()], 'none', [`open, ${NOW}, 0 comments`]],
    [
      'drift as in the open issue, with the line ends of a browser',
      DRIFT,
      [ours({ body: body.replaceAll('\n', '\r\n') })],
      'none',
      ['open, another text, 0 comments'],
    ],
    ['drift that has changed', OTHER_DRIFT, [ours()], 'updated', [`open, ${NOW}, 1 comments`]],
    ['drift again', DRIFT, [ours({ state: 'closed' })], 'reopened', [`open (reopened), ${NOW}, 1 comments`]],
    ['no drift any more', NO_DRIFT, [ours()], 'closed', ['closed (completed), another text, 1 comments']],
    ['no drift and no issue', NO_DRIFT, [], 'none', []],
    [
      'no drift and a closed issue',
      NO_DRIFT,
      [ours({ state: 'closed' })],
      'none',
      ['closed, another text, 0 comments'],
    ],
    [
      'two open issues',
      DRIFT,
      [ours(), ours()],
      'none',
      [`open, ${NOW}, 0 comments`, `closed (not_planned), ${NOW}, 1 comments`],
    ],
    [
      'two open issues and no drift',
      NO_DRIFT,
      [ours(), ours()],
      'closed',
      ['closed (completed), another text, 1 comments', 'closed (not_planned), another text, 1 comments'],
    ],
    [
      'an open issue younger than a closed one',
      DRIFT,
      [ours({ state: 'closed' }), ours()],
      'none',
      [`closed, ${NOW}, 0 comments`, `open, ${NOW}, 0 comments`],
    ],
    [
      'two closed issues',
      DRIFT,
      [closed('2026-01-01T00:00:00Z'), closed('2026-01-03T00:00:00Z'), closed('2026-01-02T00:00:00Z')],
      'reopened',
      [`closed, ${NOW}, 0 comments`, `open (reopened), ${NOW}, 1 comments`, `closed, ${NOW}, 0 comments`],
    ],
  ] as const)('%s', async (_, report, seeds, action, issues) => {
    const result = await outcome(report, seeds);
    expect(result).toMatchObject({ action, issues });

    const dry = await outcome(report, seeds, true);
    expect(dry).toMatchObject({ action, duplicates: result.duplicates });
    expect(new Set(dry.methods)).toEqual(new Set(['GET']));
    expect(dry.log).toMatch(action === 'none' ? /unchanged|no drift issue/ : / would be /);
  });

  it.each([
    ['an outsider', outsider()],
    [
      'somebody who once had a change merged',
      outsider({ author: { type: 'User', association: 'CONTRIBUTOR' } }),
    ],
    ['a bot that quotes it', ours({ body: `> ${body}` })],
    ['a pull request', ours({ isPullRequest: true })],
    ['another Cloudflare account', ours({ body: body.replace(MARKER, driftMarker('f'.repeat(32))) })],
    ['an issue without a text', ours({ body: null })],
  ])('is not taken from %s', async (_, seed) => {
    await using world = await startWorld();
    const before = { ...world.api.issues.seed(seed) };
    expect(await world.keep(DRIFT)).toMatchObject({
      action: 'opened',
      url: expect.stringMatching(/\/issues\/2$/),
    });
    expect(await world.keep(NO_DRIFT)).toMatchObject({ action: 'closed' });
    expect(world.api.issues.find(1)).toEqual(before);
  });

  it.each(['OWNER', 'MEMBER', 'COLLABORATOR'])('may be from a person who is %s', async (association) => {
    await using world = await startWorld();
    world.api.issues.seed(outsider({ author: { type: 'User', association } }));
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'none' });
  });

  it('is found behind a hundred others', async () => {
    await using world = await startWorld();
    for (let count = 0; count < 250; count++) world.api.issues.seed({ isPullRequest: count % 2 === 0 });
    world.api.issues.seed(ours());
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'none', url: expect.stringMatching(/\/251$/) });
    expect(world.api.requests.map(({ query }) => query)).toMatchObject([
      { state: 'all', per_page: '100', sort: 'created', direction: 'asc' },
      { page: '2' },
      { page: '3' },
    ]);
  });

  it('lives through drift, other drift, none, and drift again as one', async () => {
    await using world = await startWorld();
    const actions: string[] = [];
    for (const report of [DRIFT, DRIFT, OTHER_DRIFT, NO_DRIFT, NO_DRIFT, DRIFT]) {
      actions.push((await world.keep(report)).action);
    }
    expect(actions).toEqual(['opened', 'none', 'updated', 'closed', 'none', 'reopened']);
    expect(world.api.issues.all()).toHaveLength(1);
    const comments = world.api.issues.comments(1).map((comment) => comment.body);
    expect(comments).toEqual([
      expect.stringMatching(/changed.*2 email domains/),
      expect.stringMatching(/gone: everything is as declared/),
      expect.stringMatching(/again.*1 email domain/),
    ]);
    for (const comment of comments) expect(comment).toContain(RUN_URL);
    expect(world.api.issues.find(1)).toMatchObject({ title, body });
    expect(body).not.toContain('/actions/runs/');
  });

  it('is closed with what was not checked, and not as if everything were as declared', async () => {
    await using world = await startWorld();
    world.api.issues.seed(ours());
    expect(await world.keep(reportOf([], [], NOT_CHECKED))).toMatchObject({ action: 'closed' });
    const [comment] = world.api.issues.comments(1);
    expect(comment?.body).toMatch(
      facts('gone', 'Not checked', 'nobody-outside', 'Account Settings', RUN_URL),
    );
    expect(comment?.body).toMatch(facts('token-expires', 'that was checked'));
    expect(comment?.body).not.toContain('everything is as declared');
  });

  it('points from the younger of two to the older one', async () => {
    await using world = await startWorld();
    for (let count = 0; count < 3; count++) world.api.issues.seed(ours());
    expect(await world.keep(OTHER_DRIFT)).toMatchObject({ action: 'updated', duplicates: [2, 3] });
    for (const number of [2, 3]) expect(world.api.issues.comments(number)[0]?.body).toContain('#1');
  });
});

describe('while some email domains could not be compared', () => {
  const failed = ['b.example'];

  it.each([[[]], [[ours()]]])('no difference in the others changes nothing', async (seeds) => {
    await using world = await startWorld();
    for (const seed of seeds) world.api.issues.seed(seed);
    expect(await world.keep(reportOf([], failed))).toEqual({
      action: 'none',
      url: undefined,
      duplicates: [],
    });
    expect(world.api.requests).toEqual([]);
  });

  it('a difference in the others opens the issue, which names them', async () => {
    await using world = await startWorld();
    expect(await world.keep(reportOf([sampleDrift()], failed))).toMatchObject({ action: 'opened' });
    expect(world.api.issues.find(1)?.body).toMatch(/compared.*<code>b\.example<\/code>/);
  });
});

describe('a run that breaks off between comment and change', () => {
  it('is made up for by the next one', async () => {
    await using world = await startWorld();
    world.api.issues.seed(ours());
    world.api.faults.add({ method: 'PATCH', times: 1, fault: { kind: 'status', status: 422 } });
    await expect(world.keep(OTHER_DRIFT)).rejects.toThrow('HTTP 422');
    expect(await world.keep(OTHER_DRIFT)).toMatchObject({ action: 'updated' });
    expect(world.api.issues.find(1)?.body).toBe(driftIssueText(OTHER_DRIFT).body);
  });
});
