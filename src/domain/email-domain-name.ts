import { domainToASCII } from 'node:url';
import { ipFamily } from '../text/ip-family.ts';

/** A parsed email domain, or what is wrong with it. */
export type ParsedEmailDomain =
  | { readonly ok: true; readonly domain: string }
  | { readonly ok: false; readonly problem: string; readonly suggestion?: string };

const MAX_LABEL_OCTETS = 63;
const MAX_NAME_OCTETS = 253;

/**
 * Reads an email domain. An `@` prefix, capitals and a trailing dot are accepted; an IDN becomes A-labels
 * (RFC 5890). The result is a lower-case host name (RFC 1123) of two labels or more.
 */
export function parseEmailDomain(text: string): ParsedEmailDomain {
  const host = text.replace(/^@/, '').replace(/\.$/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host) || host.includes('/')) {
    return refuse('is a URL, not a domain', domainInUrl(host));
  }
  if (host.includes('@'))
    return refuse('is an email address, not a domain', host.slice(host.lastIndexOf('@') + 1));
  if (ipFamily(host.replace(/^\[(.*)\]$/, '$1')) !== 0) return refuse('is an IP address, not a domain');
  if (/[\s%?#:\\]/.test(host)) return refuse('contains characters that no domain has');
  return checkedAscii(domainToASCII(host));
}

function checkedAscii(domain: string): ParsedEmailDomain {
  if (domain === '') return refuse('is not a valid domain name');
  // The URL rules behind domainToASCII read some numbers ("1.2.3") as IPv4 addresses.
  if (ipFamily(domain) !== 0) return refuse('is an IP address, not a domain');
  const labels = domain.split('.');
  if (labels.length < 2) return refuse('has a single label; a domain has at least two, such as example.com');
  if (domain.length > MAX_NAME_OCTETS) {
    return refuse(`is ${domain.length} bytes long; a domain name has at most ${MAX_NAME_OCTETS}`);
  }
  const tooLong = labels.find((label) => label.length > MAX_LABEL_OCTETS);
  if (tooLong !== undefined) {
    return refuse(`has a label of ${tooLong.length} bytes; a label has at most ${MAX_LABEL_OCTETS}`);
  }
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))) {
    return refuse('is not a valid domain name: labels are letters, digits and inner hyphens');
  }
  return { ok: true, domain };
}

function domainInUrl(text: string): string | undefined {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  return url?.hostname.replace(/^www\./, '');
}

function refuse(problem: string, candidate?: string): ParsedEmailDomain {
  const suggestion = candidate === undefined ? undefined : parseEmailDomain(candidate);
  return suggestion?.ok ? { ok: false, problem, suggestion: suggestion.domain } : { ok: false, problem };
}
