import type { StepResult } from '../../sandbox/runner.ts';
import type { ServerName, World } from './world.ts';

/** A request, by its method and its path below the base path. */
export interface RequestMatch {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
  /** How many such requests the mode sends before it, for something else; default 0. */
  readonly skip?: number;
}

/** A row of the matrix: one call of one mode, and when the mode makes it. */
export interface Call extends RequestMatch {
  readonly name: string;
  readonly server: ServerName;
  /** The requests to the same server that were all answered before it; none for the first one. */
  readonly after?: readonly RequestMatch[];
  /** Whether other calls are under way at the same time, so that no fault of the whole server is about this one alone. */
  readonly isSideBySide?: boolean;
  /** How many requests a fault that stays spoils, where the mode later sends the same for something else; default: all. */
  readonly lasts?: number;
  readonly inputs: Readonly<Record<string, string>>;
  /** Sets up the state before the run. */
  readonly arrange?: (world: World) => void;
  /** Whether the servers show that the mode did its work. */
  readonly isReached: (world: World) => boolean;
  /** The outputs of a successful run. */
  readonly outputs: Readonly<Record<string, string>>;
  /** For a call whose failure does not fail the step: whether the step learnt what it asked for. */
  readonly isKnown?: (result: StepResult) => boolean;
  /** For an enable that a sign-in must confirm: whether there is one, or the connector must be disabled again. */
  readonly signIn?: 'played' | 'missing';
  /** Whether a second run after a failure may comment again. */
  readonly mayCommentAgain?: boolean;
}

/** Whether the call is part of disabling a connector again, which nobody has confirmed: the step fails in any case. */
export function takesBack({ signIn }: Call): boolean {
  return signIn === 'missing';
}
