/** How far Cloudflare has come with verifying the TXT record. */
export const VERIFICATION_STATUSES = ['awaiting', 'pending', 'failed', 'verified'] as const;

/** See {@link VERIFICATION_STATUSES}. */
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** An SSO connector, as far as this action needs it. */
export interface SsoConnector {
  readonly id: string;
  /** A-labels, lower case; empty if Cloudflare shows none, or one that no domain can have. */
  readonly emailDomain: string;
  /** `undefined` if Cloudflare does not say, which is never taken for disabled. */
  readonly enabled: boolean | undefined;
  readonly useFedrampLanguage: boolean;
  /** The whole text of the TXT record; opaque. */
  readonly verificationCode: string | undefined;
  /** `undefined` for an unknown status, which is never taken for verified. */
  readonly verificationStatus: VerificationStatus | undefined;
}

/** The Access application that Cloudflare creates for the dashboard once SSO is enabled. */
export interface SsoApp {
  readonly id: string;
  /** By which the Access authentication log names it. */
  readonly uid: string;
  readonly name: string;
}
