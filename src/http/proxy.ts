import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { InputError } from '../domain/errors.ts';

/**
 * The proxy that `https_proxy` or `http_proxy` names for an address, unless `no_proxy` excludes it.
 *
 * @throws {InputError} when the variable does not hold a URL
 */
export function proxyFor(url: URL): URL | undefined {
  try {
    const proxy = getProxyUrl(url);
    // The runner's HTTP client ignores a proxy without a host, such as `localhost:3128`, which has the scheme `localhost:`.
    return proxy?.hostname ? proxy : undefined;
  } catch {
    // Neither quoted nor kept as the cause: a proxy's URL may hold a password.
    throw new InputError(`The proxy for ${url.host} is not a valid URL.`, {
      hint: 'Set https_proxy and http_proxy to a URL such as http://proxy.example:3128.',
    });
  }
}
