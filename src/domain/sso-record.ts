/** The record formats by name, as in the input `record-format`. */
export const RECORD_FORMAT_NAMES = ['bind', 'octodns', 'dnscontrol', 'terraform', 'tfvars', 'json'] as const;

/** A format in which DNS is kept as code. */
export type RecordFormatName = (typeof RECORD_FORMAT_NAMES)[number];

/** The TXT record of one email domain, and what a DNS tool may need to write it. */
export interface SsoRecord {
  /** The owner name: A-labels in lower case, without a final dot. */
  readonly emailDomain: string;
  /** The TXT value: printable ASCII without spaces or double quotes, otherwise opaque. */
  readonly verificationCode: string;
  readonly accountId: string | undefined;
  readonly connectorId: string | undefined;
  /**
   * All TXT values that belong at the name: the current ones on the authoritative servers, sorted, then the new one.
   * `undefined` if nobody asked. Untrusted: any characters.
   */
  readonly txtValues: readonly string[] | undefined;
}

/** What a DNS tool that keeps comments says about the record, whoever writes it: a difference would be a change to make. */
export const RECORD_COMMENT = 'Cloudflare dashboard SSO, made by a GitHub Action';

/** All TXT values that belong at a name: the current ones, then the new one. */
export function withNewText(today: readonly string[], text: string): readonly string[] {
  return [...today.filter((one) => one !== text), text];
}

/** A text as one character-string in presentation format (RFC 1035, section 5.1). */
export function characterString(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
