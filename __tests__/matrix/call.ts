import type { ServerName, World } from './world.ts';

/** A request, by its method and its path below the base path. */
export interface RequestMatch {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
}

/** A row of the matrix: one call of one mode, and the situation in which the mode makes it. */
export interface Call extends RequestMatch {
  readonly name: string;
  readonly server: ServerName;
  /** The request to the same server before it; undefined for the first one. */
  readonly after?: RequestMatch;
  readonly inputs: Readonly<Record<string, string>>;
  /** What is there before the action runs. */
  readonly arrange?: (world: World) => void;
  /** Whether the mode has done its work, as the servers see it. */
  readonly isReached: (world: World) => boolean;
  /** What a run that succeeds says. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Good to know, but not needed: its failure fails nothing. */
  readonly isOptional?: boolean;
  /** Whether GitHub's comment may come twice when the step failed and is run again. */
  readonly mayCommentAgain?: boolean;
}
