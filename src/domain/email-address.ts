import { domainToASCII } from 'node:url';

/** Letters, digits and hyphens of any script. Of anything else, `domainToASCII` would read a URL and leave out its path. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** The email domain of an address, as lower-case A-labels; empty if it is not an address. */
export function domainOfAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return at >= 0 && DOMAIN.test(domain) ? domainToASCII(domain) : '';
}

/** Whether it is a plus address (RFC 5233), such as `alex+admin@example.com`: those cannot sign in through SSO. */
export function isPlusAddress(address: string): boolean {
  return address.slice(0, Math.max(0, address.lastIndexOf('@'))).includes('+');
}
