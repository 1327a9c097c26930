import { isWithin, normalizeName } from '../dns/names.ts';
import type { DnsRecord } from './dns-records.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import { readFields } from './request-body.ts';
import { parseTxtContent, type TxtContent, TxtContentError } from './txt-content.ts';
import type { NewTxtRecord } from './zone-store.ts';

const LONGEST_COMMENT = 100;

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)*${LABEL}$`, 'i');

/** Cloudflare puts the reason one level down, below an error that is always the same. */
function invalid(code: number, message: string): ApiProblem {
  const error = { code: ERROR_CODES.dnsValidation, message: 'DNS Validation Error' };
  return new ApiProblem(400, { ...error, error_chain: [{ code, message }] });
}

/** As Cloudflare does, it takes a name that does not end with the zone's for one below the zone. */
function readName(given: string | undefined, zoneName: string): string {
  const shortened = given === '@' ? zoneName : normalizeName(given ?? '');
  const isRelative = shortened !== '' && !isWithin(shortened, zoneName);
  const name = isRelative ? `${shortened}.${zoneName}` : shortened;
  if (!NAME.test(name)) throw invalid(ERROR_CODES.invalidRecordName, 'DNS name is invalid.');
  return name;
}

function readContent(given: string | undefined): TxtContent {
  try {
    return parseTxtContent(given ?? '');
  } catch (error) {
    if (error instanceof TxtContentError) throw invalid(ERROR_CODES.invalidRecordContent, error.message);
    throw error;
  }
}

function readTtl(ttl: number): number {
  if (Number.isInteger(ttl) && (ttl === 1 || (ttl >= 60 && ttl <= 86_400))) return ttl;
  throw invalid(ERROR_CODES.invalidTtl, 'TTL must be between 60 and 86400 seconds, or 1 for Automatic.');
}

const FIELDS = {
  type: 'string',
  name: 'string',
  content: 'string',
  ttl: 'number',
  comment: 'string or null',
  tags: 'list of strings',
  proxied: 'boolean',
} as const;

/**
 * Reads the body that makes or replaces a TXT record. `proxied` is accepted and has no effect.
 *
 * @throws ApiProblem (400) for any invalid field
 */
export function readTxtRecord(body: unknown, zoneName: string): NewTxtRecord {
  const { type, name, content, ttl, comment, tags = [] } = readFields(body, FIELDS);
  if (type !== 'TXT') {
    throw invalid(ERROR_CODES.invalidRecordType, 'The sandbox makes only records of type TXT.');
  }
  if ([...(comment ?? '')].length > LONGEST_COMMENT) {
    throw invalid(ERROR_CODES.commentTooLong, `A comment has at most ${LONGEST_COMMENT} characters.`);
  }
  const named = readName(name, zoneName);
  return {
    name: named,
    content: readContent(content),
    ttl: readTtl(ttl ?? 1),
    comment: comment || null,
    tags,
  };
}

/**
 * Reads the body that changes some fields of a TXT record; the others stay.
 *
 * @throws ApiProblem (400) for any invalid field
 */
export function readTxtChange(body: unknown, before: DnsRecord, zoneName: string): NewTxtRecord {
  const { type, name, content, ttl, comment, tags } = before;
  return readTxtRecord({ type, name, content, ttl, comment, tags, ...readFields(body, FIELDS) }, zoneName);
}
