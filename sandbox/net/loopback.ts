/**
 * Checks that a server of the sandbox binds to loopback only.
 *
 * @throws RangeError for any other address
 */
export function assertLoopback(host: string): void {
  if (!/^127(\.\d{1,3}){3}$/.test(host))
    throw new RangeError(`the sandbox listens on loopback only, not on ${host}`);
}

/** Splits `address:port`. */
export function parseAddress(address: string): { readonly host: string; readonly port: number } {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
