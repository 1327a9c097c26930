/** Every way in which what is can differ from what was declared; the names are part of the contract. */
export const DRIFT_KINDS = [
  'connector-missing',
  'not-verified',
  'not-enabled',
  'enabled',
  'fedramp-language',
  'record-missing',
  'record-not-visible',
  'undeclared-connector',
] as const;

/** See {@link DRIFT_KINDS}. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One difference between what was declared and what is; its keys are part of the contract. */
export interface Drift {
  readonly kind: DriftKind;
  readonly email_domain: string;
  readonly connector_id?: string;
  /** What was declared. */
  readonly expected: string;
  /** What is; may hold text of unknown origin. */
  readonly actual: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

/** The output `drift-report`: deterministic, so that the same drift is the same text. */
export interface DriftReport {
  readonly drift: boolean;
  readonly account_id: string;
  /** The email domains that were compared, sorted. */
  readonly checked: readonly string[];
  /** Those that could not be compared; while there are any, no drift found does not mean that there is none. */
  readonly failed: readonly string[];
  readonly differences: readonly Drift[];
  /** How many more there are, where GitHub would not take all of them. */
  readonly omitted?: number;
}
