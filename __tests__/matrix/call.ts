import type { ServerName, World } from './world.ts';

/** A request, by its method and its path below the base path. */
export interface RequestMatch {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
}

/** A row of the matrix: one call of one mode, and when the mode makes it. */
export interface Call extends RequestMatch {
  readonly name: string;
  readonly server: ServerName;
  /** The request to the same server before it; undefined for the first one. */
  readonly after?: RequestMatch;
  readonly inputs: Readonly<Record<string, string>>;
  /** Sets up the state before the run. */
  readonly arrange?: (world: World) => void;
  /** Whether the servers show that the mode did its work. */
  readonly isReached: (world: World) => boolean;
  /** The outputs of a successful run. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Optional: its failure does not fail the step. */
  readonly isOptional?: boolean;
  /** Whether a second run after a failure may comment again. */
  readonly mayCommentAgain?: boolean;
}
