import { domainToASCII } from 'node:url';

/** The email domain of an address, as lower-case A-labels; empty if it is not an address. */
export function domainOfAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : domainToASCII(address.slice(at + 1));
}

/** Whether it is a plus address (RFC 5233), such as `alex+admin@example.com`: those cannot sign in through SSO. */
export function isPlusAddress(address: string): boolean {
  return address.slice(0, Math.max(0, address.lastIndexOf('@'))).includes('+');
}
