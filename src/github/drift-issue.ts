import type { DriftReport } from '../domain/drift.ts';
import {
  changedComment,
  driftIssueText,
  driftMarker,
  duplicateComment,
  goneComment,
  type IssueText,
  reopenedComment,
} from './drift-issue-text.ts';

/** The parts of an issue that this action needs; never a pull request. */
export interface Issue {
  readonly number: number;
  readonly state: 'open' | 'closed';
  /** Empty if the issue has none. */
  readonly body: string;
  /** The web page of the issue. */
  readonly url: string;
  /** ISO 8601 in UTC, so that text order is time order. Empty while the issue is open. */
  readonly closedAt: string;
  /** `Bot` for an app, which only somebody with rights to the repository can install. */
  readonly authorType: string;
  /** The author's role in the repository, such as `OWNER` or `NONE`. */
  readonly authorAssociation: string;
}

/** A change of an issue. */
export interface IssueChange extends Partial<IssueText> {
  readonly state?: 'open' | 'closed';
  readonly state_reason?: 'completed' | 'not_planned' | 'reopened';
}

/** The issues of one repository. */
export interface Issues {
  /** Open and closed issues, oldest first. */
  list(): AsyncIterable<Issue>;
  /** `isMade` recognises the issue when an earlier attempt created it but its answer was lost. */
  create(text: IssueText, isMade: (issue: Issue) => boolean): Promise<Issue>;
  update(number: number, change: IssueChange): Promise<void>;
  comment(number: number, body: string): Promise<void>;
}

/** What happened to the issue, or in a dry run would have happened. */
export type IssueAction = 'opened' | 'updated' | 'closed' | 'reopened' | 'none';

/** What {@link syncDriftIssue} did, or in a dry run would have done. */
export interface DriftIssueResult {
  readonly action: IssueAction;
  /** The web page of the issue; `undefined` when there is none. */
  readonly url: string | undefined;
  /** The numbers of further open issues, which simultaneous runs can leave behind. They are closed. */
  readonly duplicates: readonly number[];
}

/** Options of {@link syncDriftIssue}. */
export interface SyncOptions {
  /** Reads and changes nothing. */
  readonly dryRun: boolean;
  /** The web page of the workflow run, for comments. */
  readonly runUrl?: string | undefined;
}

/**
 * Keeps the one issue of a Cloudflare account up to date with its drift: opens or reopens it when there is drift,
 * rewrites it when the drift changes, closes it when the drift is gone. When there is no drift but some domains could not
 * be compared, it does nothing: the drift may still be there.
 *
 * @throws what `issues` throws
 */
export async function syncDriftIssue(
  report: DriftReport,
  issues: Issues,
  { dryRun, runUrl }: SyncOptions,
): Promise<DriftIssueResult> {
  const isDrift = report.differences.length > 0;
  if (!isDrift && report.failed.length > 0) return { action: 'none', url: undefined, duplicates: [] };

  const isOurs = recogniser(driftMarker(report.account_id));
  const { kept, duplicates } = await findIssues(issues, isOurs);
  const text = driftIssueText(report);
  const action = isDrift ? actionForDrift(text, kept) : kept?.state === 'open' ? 'closed' : 'none';
  const result = { action, url: kept?.url, duplicates: duplicates.map(({ number }) => number) };
  if (dryRun) return result;

  if (kept === undefined) {
    if (action === 'none') return result;
    const made = await issues.create(text, (issue) => issue.state === 'open' && isOurs(issue));
    return { ...result, url: made.url };
  }
  for (const { number } of duplicates) {
    await issues.comment(number, duplicateComment(kept.number));
    await issues.update(number, { state: 'closed', state_reason: 'not_planned' });
  }
  await carryOut(action, kept, issues, { report, text, runUrl });
  return result;
}

const TRUSTED_ASSOCIATIONS: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** The marker alone proves nothing: in a public repository, anybody can open an issue with any text. */
function recogniser(marker: string): (issue: Issue) => boolean {
  return ({ body, authorType, authorAssociation }) =>
    body.startsWith(marker) && (authorType === 'Bot' || TRUSTED_ASSOCIATIONS.has(authorAssociation));
}

interface FoundIssues {
  /** The oldest open issue, or else the one that was closed last. */
  readonly kept: Issue | undefined;
  /** The other open issues. */
  readonly duplicates: readonly Issue[];
}

async function findIssues(issues: Issues, isOurs: (issue: Issue) => boolean): Promise<FoundIssues> {
  const ours: Issue[] = [];
  for await (const issue of issues.list()) {
    if (isOurs(issue)) ours.push(issue);
  }
  const [oldest, ...duplicates] = ours
    .filter(({ state }) => state === 'open')
    .sort((one, other) => one.number - other.number);
  return { kept: oldest ?? closedLast(ours), duplicates };
}

function closedLast(issues: readonly Issue[]): Issue | undefined {
  const newestFirst = (one: Issue, other: Issue): number =>
    one.closedAt === other.closedAt ? one.number - other.number : one.closedAt < other.closedAt ? 1 : -1;
  return issues.toSorted(newestFirst)[0];
}

function actionForDrift({ body }: IssueText, kept: Issue | undefined): IssueAction {
  if (kept === undefined) return 'opened';
  if (kept.state === 'closed') return 'reopened';
  return normalised(kept.body) === normalised(body) ? 'none' : 'updated';
}

/** For comparison: an editor may have changed the line ends. */
function normalised(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}

interface Change {
  readonly report: DriftReport;
  readonly text: IssueText;
  readonly runUrl: string | undefined;
}

/** The comment comes first: if a run stops in between, the next one still sees the difference. */
async function carryOut(
  action: IssueAction,
  { number }: Issue,
  issues: Issues,
  { report, text, runUrl }: Change,
): Promise<void> {
  switch (action) {
    case 'updated':
      await issues.comment(number, changedComment(report, runUrl));
      await issues.update(number, text);
      break;
    case 'reopened':
      await issues.comment(number, reopenedComment(report, runUrl));
      await issues.update(number, { ...text, state: 'open', state_reason: 'reopened' });
      break;
    case 'closed':
      await issues.comment(number, goneComment(report, runUrl));
      await issues.update(number, { state: 'closed', state_reason: 'completed' });
      break;
  }
}
