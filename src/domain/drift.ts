/** Every way in which the account can differ from what is declared; the names are part of the contract. */
export const DRIFT_KINDS = [
  'connector-missing',
  'not-verified',
  'not-enabled',
  'enabled',
  'enabled-unknown',
  'fedramp-language',
  'record-missing',
  'record-not-visible',
  'undeclared-connector',
  'identity-provider-missing',
  'sso-app-policy',
  'token-expires',
  'nobody-outside',
] as const;

/** See {@link DRIFT_KINDS}. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** Stands in the place of an email domain for a difference of the account, if the step has several. */
export const ALL_EMAIL_DOMAINS = 'all email domains';

/** One difference from what is declared; its keys are part of the contract. */
export interface Drift {
  readonly kind: DriftKind;
  /** {@link ALL_EMAIL_DOMAINS} for a difference of the account, if the step has several. */
  readonly email_domain: string;
  readonly connector_id?: string;
  /** What is declared. */
  readonly expected: string;
  /** What was found; may hold untrusted text. */
  readonly actual: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

/** A kind of drift that nobody looked for; its keys are part of the contract. */
export interface NotChecked {
  readonly kind: DriftKind;
  /** The permission that the API token lacks, if that is why. */
  readonly permission?: string;
}

/** The output `drift-report`: deterministic, so that the same drift is the same text. */
export interface DriftReport {
  readonly drift: boolean;
  readonly account_id: string;
  /** The compared email domains, sorted. */
  readonly checked: readonly string[];
  /** Email domains that could not be compared; while there are any, there may be drift that was not found. */
  readonly failed: readonly string[];
  readonly differences: readonly Drift[];
  /** What could not be read, sorted by kind. */
  readonly not_checked: readonly NotChecked[];
  /** How many more there are if GitHub would not take all of them. */
  readonly omitted?: number;
}

/** `token-expires (needs the permission "…")`. */
export function describeNotChecked({ kind, permission }: NotChecked): string {
  return permission === undefined ? kind : `${kind} (needs the permission "${permission}")`;
}
