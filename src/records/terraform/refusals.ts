import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/** Why a file cannot take the record. */
export interface Refusal {
  readonly problem: string;
  readonly offset: number;
  /** What else to do than what is always possible, as a full sentence. */
  readonly remedy?: string;
}

const TFVARS =
  'record-format: tfvars writes all TXT texts of the name as a variable for your own resource: see "Terraform" in the action\'s docs/records-as-code.md.';

/** The error for a file that is valid and is left as it is. */
export function refusal(text: string, { problem, offset, remedy }: Refusal): UnreadableTextError {
  return new UnreadableTextError(
    problem,
    { text, offset },
    remedy === undefined ? TFVARS : `${remedy} Or: ${TFVARS}`,
  );
}
