import { BlockList, isIPv6 } from 'node:net';

/** Private use (RFC 1918), shared (RFC 6598), link-local, loopback and unique local (RFC 4193). */
const PRIVATE_SUBNETS = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const;

const privateAddresses = new BlockList();
for (const [network, prefix, family] of PRIVATE_SUBNETS) privateAddresses.addSubnet(network, prefix, family);
privateAddresses.addAddress('::1', 'ipv6');

/** Whether the IP address cannot be that of a server on the public internet. */
export function isPrivateAddress(address: string): boolean {
  return privateAddresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
