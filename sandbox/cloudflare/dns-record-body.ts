import { isWithin, normalizeName } from '../dns/names.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import { readFields } from './request-body.ts';
import { parseTxtContent, TxtContentError } from './txt-content.ts';
import type { NewTxtRecord } from './zone-store.ts';

const LONGEST_COMMENT = 100;

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)*${LABEL}$`, 'i');

/** Cloudflare puts the reason one level down, below an error that is always the same. */
function invalid(code: number, message: string): ApiProblem {
  const error = { code: ERROR_CODES.dnsValidation, message: 'DNS Validation Error' };
  return new ApiProblem(400, { ...error, error_chain: [{ code, message }] });
}

function readName(given: string | undefined, zoneName: string): string {
  const name = given === '@' ? zoneName : normalizeName(given ?? '');
  if (!NAME.test(name)) throw invalid(ERROR_CODES.invalidRecordName, 'DNS name is invalid.');
  // Cloudflare would append the zone's name; a client that relies on it has the wrong zone.
  if (!isWithin(name, zoneName)) {
    throw invalid(ERROR_CODES.invalidRecordName, `DNS name is not in the zone ${zoneName}.`);
  }
  return name;
}

function readContent(given: string | undefined): string[] {
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

/**
 * Reads the body of a new TXT record. `proxied` is accepted and has no effect.
 *
 * @throws ApiProblem (400) for any invalid field
 */
export function readTxtRecord(body: unknown, zoneName: string): NewTxtRecord {
  const { type, name, content, ttl, comment } = readFields(body, {
    type: 'string',
    name: 'string',
    content: 'string',
    ttl: 'number',
    comment: 'string',
    proxied: 'boolean',
  });
  if (type !== 'TXT') {
    throw invalid(ERROR_CODES.invalidRecordType, 'The sandbox makes only records of type TXT.');
  }
  if (comment !== undefined && [...comment].length > LONGEST_COMMENT) {
    throw invalid(ERROR_CODES.commentTooLong, `A comment has at most ${LONGEST_COMMENT} characters.`);
  }
  const checked = { name: readName(name, zoneName), strings: readContent(content), ttl: readTtl(ttl ?? 1) };
  return { ...checked, comment };
}
