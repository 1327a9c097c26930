import { driftMarker } from '../../src/github/drift-issue-text.ts';
import type { Call, RequestMatch } from './call.ts';
import type { World } from './world.ts';

const LIST = { method: 'GET', path: /\/issues$/ } as const satisfies RequestMatch;
const CREATE = { method: 'POST', path: /\/issues$/ } as const satisfies RequestMatch;
const CHANGE = { method: 'PATCH', path: /\/issues\/\d+$/ } as const satisfies RequestMatch;
const COMMENT = { method: 'POST', path: /\/comments$/ } as const satisfies RequestMatch;

const OLD_TEXT = 'What had drifted in another run.';

function isOneOpenIssue({ github, sandbox }: World): boolean {
  const [issue, ...others] = github.issues.all();
  return (
    others.length === 0 &&
    issue?.state === 'open' &&
    issue.body?.startsWith(driftMarker(sandbox.accountId)) === true &&
    !issue.body.includes(OLD_TEXT)
  );
}

/** The rows for the drift issue; `arrangeDrift` makes a connector that differs from the declaration. */
export function githubCalls(arrangeDrift: (world: World) => void): readonly Call[] {
  const opened = {
    server: 'github',
    inputs: { mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' },
    arrange: arrangeDrift,
    isReached: isOneOpenIssue,
    outputs: { drift: 'true', changed: 'true', state: 'verified', enabled: 'false' },
  } as const;
  const rewritten = {
    ...opened,
    arrange(world: World): void {
      arrangeDrift(world);
      world.github.issues.seed({
        body: `${driftMarker(world.sandbox.accountId)}\n\n${OLD_TEXT}`,
        author: { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' },
      });
    },
    isReached: (world: World) => isOneOpenIssue(world) && world.github.issues.comments(1).length >= 1,
  } as const;
  return [
    { ...opened, ...LIST, name: 'check: list issues' },
    { ...opened, ...CREATE, name: 'check: open issue', after: [LIST] },
    { ...rewritten, ...COMMENT, name: 'check: comment', after: [LIST] },
    { ...rewritten, ...CHANGE, name: 'check: rewrite issue', after: [COMMENT], mayCommentAgain: true },
  ];
}
