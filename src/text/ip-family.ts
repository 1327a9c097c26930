import { isIPv4, isIPv6 } from 'node:net';

/**
 * As `isIP` of Node.js: 4 or 6 for an IP address, 0 for anything else. A text without a colon is not held against the
 * pattern of IPv6 addresses, which takes milliseconds when it is used for the first time.
 */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  return text.includes(':') && isIPv6(text) ? 6 : 0;
}
