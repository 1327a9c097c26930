import { parseEmailDomain } from '../../domain/email-domain-name.ts';
import { InputError } from '../../domain/errors.ts';
import { type InputName, isInherited, problem, read, readList } from './values.ts';

/** A-labels, lower case, each once. */
export function readEmailDomains(): readonly string[] {
  const domains = readList('email-domain').map((text) => {
    const parsed = parseEmailDomain(text);
    if (parsed.ok) return parsed.domain;
    const meant = parsed.suggestion === undefined ? '' : ` Did you mean ${parsed.suggestion}?`;
    throw problem('email-domain', text, parsed.problem, `Use a domain such as example.com.${meant}`);
  });
  return [...new Set(domains)];
}

/**
 * The email domains to work on; none if a connector ID stands for one.
 *
 * @throws {InputError} if there is neither
 */
export function readSubjects(): readonly string[] {
  const domains = readEmailDomains();
  if (domains.length > 0 || readConnectorId() !== undefined) return domains;
  throw new InputError('Input email-domain is missing.', {
    hint: 'Set it to the domain behind the @ of your users, for example example.com, or set connector-id.',
  });
}

/** Whether the environment has a connector ID that does not count, because email-domain names the connector. */
export function isConnectorIdIgnored(): boolean {
  return isInherited('connector-id') && readList('email-domain').length > 0;
}

/** Belongs to one email domain; refused with several. One of the environment counts only if nothing else names it. */
export function readConnectorId(): string | undefined {
  const id = isConnectorIdIgnored() ? undefined : read('connector-id');
  if (id === undefined) return undefined;
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw problem(
      'connector-id',
      id,
      'is not a connector ID',
      'Use the output connector-id of create, usually 32 hexadecimal digits.',
    );
  }
  onlyWithOneDomain('connector-id');
  return id;
}

/** The whole text of the TXT record, for one email domain. */
export function readVerificationCode(): string | undefined {
  const code = read('verification-code');
  if (code === undefined) return undefined;
  // The code is opaque, but bare digits are what is left if somebody cuts off the prefix.
  const isBare = /^[0-9a-f]{16,}$/i.test(code);
  if (isBare || !/^[\x21\x23-\x7e]{1,255}$/.test(code)) {
    throw problem(
      'verification-code',
      code,
      isBare ? 'is missing its `cloudflare_dashboard_sso=` prefix' : 'is not a verification code',
      'Use the output verification-code of create, whole and without quotes: cloudflare_dashboard_sso= and what follows.',
    );
  }
  onlyWithOneDomain('verification-code');
  return code;
}

function onlyWithOneDomain(name: InputName): void {
  const emailDomains = readEmailDomains();
  if (emailDomains.length <= 1) return;
  throw new InputError(`Input ${name} is set together with ${emailDomains.length} email domains.`, {
    hint: `${name} belongs to one email domain: set only one in email-domain, or leave out ${name}.`,
  });
}
