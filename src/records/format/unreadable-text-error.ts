import { lineStart } from './text-edits.ts';

/** A place in a text. */
export interface TextPlace {
  readonly text: string;
  /** In UTF-16 code units, as JavaScript indexes strings. */
  readonly offset: number;
}

/** A text cannot be understood or cannot take the record: why, and where. */
export class UnreadableTextError extends Error {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1 in code points, as most editors count: "é", an emoji and a tab are one each. */
  readonly column: number;
  /** What to do next, as a full sentence. */
  readonly hint: string | undefined;

  /** @param problem follows "file:line:column: ", so it has no capital letter and no full stop */
  constructor(problem: string, { text, offset }: TextPlace, hint?: string) {
    super(problem);
    this.name = 'UnreadableTextError';
    this.line = text.slice(0, offset).split('\n').length;
    this.column = [...text.slice(lineStart(text, offset), offset)].length + 1;
    this.hint = hint;
  }
}
