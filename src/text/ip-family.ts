import { isIPv4, isIPv6 } from 'node:net';

/**
 * As `isIP` of Node.js: 4 or 6 for an IP address, 0 for anything else. A text with fewer than two colons, such as a name
 * or an IPv4 address with a port, is not held against the pattern of IPv6 addresses, whose first use takes milliseconds.
 */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  const hasTwoColons = text.indexOf(':') !== text.lastIndexOf(':');
  return hasTwoColons && isIPv6(text) ? 6 : 0;
}
