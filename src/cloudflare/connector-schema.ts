import { domainToASCII, domainToUnicode } from 'node:url';
import * as v from 'valibot';
import { type SsoConnector, VERIFICATION_STATUSES } from '../domain/connector.ts';

/** Letters and digits of any script: it becomes a name in files and in DNS questions. */
const DOMAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,252}$/u;

/**
 * The connector as Cloudflare sends it. Cloudflare's own schema makes every field optional; only the ID is required
 * here. A field that no connector can have is left out, because the way back in must not depend on it.
 */
export const wireConnectorSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  email_domain: v.fallback(v.nullish(v.pipe(v.string(), v.regex(DOMAIN))), undefined),
  enabled: v.fallback(v.nullish(v.boolean()), undefined),
  use_fedramp_language: v.fallback(v.nullish(v.boolean()), undefined),
  verification: v.fallback(
    v.nullish(
      v.object({
        // Printable ASCII without quotes: it becomes a step output and part of a zone file.
        code: v.fallback(v.nullish(v.pipe(v.string(), v.regex(/^[\x21\x23-\x7e]{1,255}$/))), undefined),
        status: v.fallback(
          v.nullish(v.pipe(v.string(), v.toLowerCase(), v.picklist(VERIFICATION_STATUSES))),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});

/** One connector. */
export const connectorSchema = v.pipe(
  wireConnectorSchema,
  v.transform(
    (wire): SsoConnector => ({
      id: wire.id,
      emailDomain: normalised(wire.email_domain ?? ''),
      enabled: wire.enabled ?? undefined,
      useFedrampLanguage: wire.use_fedramp_language ?? false,
      verificationCode: wire.verification?.code ?? undefined,
      verificationStatus: wire.verification?.status ?? undefined,
    }),
  ),
);

/** An entry of a list of connectors. */
export interface Listing {
  /** `undefined` if it has no ID that a connector can have. */
  readonly connector: SsoConnector | undefined;
  /** What stands in the place of the email domain, if it is a text. */
  readonly givenDomain: string | undefined;
}

/** A list in which no entry, whatever it is, keeps the others away. */
export const connectorsSchema = v.array(v.pipe(v.unknown(), v.transform(toListing)));

/** The connector, or a list that holds it: Cloudflare's SDK and its guide differ about the PATCH. */
export const changedConnectorsSchema = v.union([
  connectorsSchema,
  v.pipe(
    connectorSchema,
    v.transform((one): Listing[] => [{ connector: one, givenDomain: one.emailDomain }]),
  ),
]);

function toListing(wire: unknown): Listing {
  const connector = v.safeParse(connectorSchema, wire);
  const given = v.safeParse(v.object({ email_domain: v.string() }), wire);
  return {
    connector: connector.success ? connector.output : undefined,
    givenDomain: given.success ? given.output.email_domain : undefined,
  };
}

/**
 * Whether an entry is for an email domain, or may be: one without any text for its domain may be for every one, and an
 * odd text may mean each domain that is in it.
 */
export function mayBeFor({ connector, givenDomain = '' }: Listing, emailDomain: string): boolean {
  const known = connector?.emailDomain || (DOMAIN.test(givenDomain) && normalised(givenDomain));
  if (known) return known === emailDomain;
  const letters = givenDomain
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}.-]/gu, '');
  return letters === '' || [emailDomain, domainToUnicode(emailDomain)].some((name) => letters.includes(name));
}

/** Lower-case A-labels without a trailing dot; what is no domain stays as it is, in lower case. */
function normalised(emailDomain: string): string {
  const name = emailDomain.replace(/\.$/, '');
  return domainToASCII(name) || name.toLowerCase();
}
