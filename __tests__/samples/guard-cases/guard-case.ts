import type { AccountOptions, Sandbox } from '../../../sandbox/index.ts';
import type { GuardId, Verdict } from '../../../src/domain/preflight.ts';

/** A sandbox in which one guard gives one verdict about `example.com`. */
export interface GuardCase {
  readonly guard: GuardId;
  readonly verdict: Verdict;
  readonly what: string;
  /** Changes a sandbox in which every guard passes; resolves to the API token to use, if it is another one. */
  readonly arrange?: (sandbox: Sandbox) => string | undefined;
  /** Facts of the evidence. */
  readonly evidence: readonly string[];
  /** Facts of the remedy; default: none is looked for. */
  readonly remedy?: readonly string[];
  readonly permission?: string;
  /** Such a token reads no connector, so an enable ends before it is judged. */
  readonly isUnusable?: true;
}

/** Does something to the sandbox, and leaves its token. */
export function did(act: (sandbox: Sandbox) => unknown): NonNullable<GuardCase['arrange']> {
  return (sandbox) => {
    act(sandbox);
    return undefined;
  };
}

/** Changes what the account has. */
export function account(change: AccountOptions): NonNullable<GuardCase['arrange']> {
  return did((sandbox) => sandbox.changeAccount(change));
}
