/** A proxy opened no tunnel, so nothing reached the server behind it. The message goes on after a colon. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** What the proxy answered; `undefined` if it did not answer. */
  readonly status: number | undefined;

  constructor(proxy: URL, seen: string, status?: number) {
    // Only host and port: the URL may hold a password.
    super(`the proxy ${proxy.host} ${seen}`);
    this.status = status;
  }
}
