/** How often a fault rule applies. */
export interface Repeated {
  /** How many matching requests it applies to; default: all. */
  readonly times?: number | undefined;
  /** How many matching requests pass before it applies; default 0. */
  readonly skip?: number | undefined;
  /** Applies to one in this many matching requests: 2 is every other one; default 1. */
  readonly every?: number | undefined;
}

/** Fault rules in order; the first one that applies to a request wins. */
export class FaultRules<Rule extends Repeated> {
  readonly #rules: { readonly rule: Rule; matches: number; uses: number }[] = [];

  /** Appends rules. */
  add(...rules: readonly Rule[]): void {
    this.#rules.push(...rules.map((rule) => ({ rule, matches: 0, uses: 0 })));
  }

  /** Removes all rules: the server works again. */
  clear(): void {
    this.#rules.length = 0;
  }

  /** The rule for this request, counted as used once more. */
  take(isMatch: (rule: Rule) => boolean): Rule | undefined {
    for (const entry of this.#rules) {
      const { times = Number.POSITIVE_INFINITY, skip = 0, every = 1 } = entry.rule;
      if (entry.uses >= times || !isMatch(entry.rule)) continue;
      entry.matches += 1;
      if (entry.matches <= skip || (entry.matches - skip - 1) % every !== 0) continue;
      entry.uses += 1;
      return entry.rule;
    }
    return undefined;
  }
}
