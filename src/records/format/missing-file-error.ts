import { UnreadableTextError } from './unreadable-text-error.ts';

/** There is no file, and the format cannot make one. */
export class MissingFileError extends UnreadableTextError {
  constructor(problem: string, hint: string) {
    super(problem, { text: '', offset: 0 }, hint);
    this.name = 'MissingFileError';
  }
}
