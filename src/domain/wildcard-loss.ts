/** A name that exists only through a wildcard, and the types of the records that the wildcard has. */
export interface WildcardAnswer {
  readonly name: string;
  readonly wildcard: string;
  readonly types: readonly string[];
}

/**
 * What a first record at such a name would take away (RFC 4592, section 2.2.1): a problem that continues a sentence, and
 * what to do about it.
 */
export function wildcardLoss({ name, wildcard, types }: WildcardAnswer): {
  readonly problem: string;
  readonly hint: string;
} {
  const list = listOf(types);
  return {
    problem: `${name} has its records (${list}) from the wildcard ${wildcard}, and would lose them with a record of its own (RFC 4592)`,
    hint: `First give ${name} records of its own of the types that it needs (${list}), as ${wildcard} has them, then run again.`,
  };
}

/** The same where only DNS tells, so that nobody knows which wildcard it is: a warning. */
export function wildcardWarning({ name, types }: Pick<WildcardAnswer, 'name' | 'types'>): string {
  const list = listOf(types);
  return `${name} has its records (${list}) from a wildcard of its zone, and loses them with a record of its own (RFC 4592). Before you publish the TXT record, give ${name} records of its own of the types that it needs (${list}).`;
}

function listOf(types: readonly string[]): string {
  return [...new Set(types)].sort().join(', ');
}
