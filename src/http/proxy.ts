import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy';
import { InputError } from '../domain/errors.ts';

const VARIABLES = ['https_proxy', 'HTTPS_PROXY'] as const;

/**
 * The proxy for an address, unless `no_proxy` excludes it. Plain HTTP is used on loopback addresses only, and no proxy is
 * used for those.
 *
 * @throws {InputError} when the variable does not hold the URL of an HTTP proxy. The runner's HTTP client would ignore it
 */
export function proxyFor(url: URL): URL | undefined {
  const variable = VARIABLES.find((name) => process.env[name]);
  if (variable === undefined || url.protocol !== 'https:' || checkBypass(url)) return undefined;
  const proxy = parsed(url);
  // `localhost:3128` is a URL too: its scheme is `localhost:`, and it has no host.
  if (proxy?.hostname && /^https?:$/.test(proxy.protocol)) return proxy;
  // Not quoted: it may hold a password.
  throw new InputError(
    `The variable ${variable} is not the URL of an HTTP proxy, so ${url.host} cannot be reached.`,
    {
      hint: `Write it with http:// or https:// in front, such as http://proxy.example:3128, and percent-encode special characters of a password. Or add ${url.hostname} to no_proxy.`,
    },
  );
}

function parsed(url: URL): URL | undefined {
  try {
    return getProxyUrl(url);
  } catch {
    // The caller says what is wrong. The parser's message would quote the password.
    return undefined;
  }
}
