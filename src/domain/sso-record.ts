/** The names of the formats, as the input `record-format` takes them. */
export const RECORD_FORMAT_NAMES = ['bind', 'octodns', 'dnscontrol', 'terraform', 'tfvars', 'json'] as const;

/** A way in which DNS is kept as code. */
export type RecordFormatName = (typeof RECORD_FORMAT_NAMES)[number];

/** The TXT record of one email domain, and what a DNS tool may want to know besides. */
export interface SsoRecord {
  /** The owner name: A-labels, lower case, without a dot at its end. */
  readonly emailDomain: string;
  /** The text of the record: printable ASCII without spaces and double quotes; opaque. */
  readonly verificationCode: string;
  readonly accountId: string | undefined;
  readonly connectorId: string | undefined;
  /**
   * Every TXT text that belongs at the name, as the authoritative servers have them today, sorted, and the new one as
   * the last; `undefined` where nobody asked. Untrusted, any characters.
   */
  readonly txtValues: readonly string[] | undefined;
}

/** All texts that belong at the name: those of today, and the new one as the last. */
export function withNewText(today: readonly string[], text: string): readonly string[] {
  return [...today.filter((one) => one !== text), text];
}
