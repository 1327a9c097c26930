import { createHash } from 'node:crypto';
import { isSameRecord, type StoredRecord } from '../dns/zone-records.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import { formatTxtContent } from './txt-content.ts';

/** A DNS record with the field names of the API. */
export interface DnsRecord {
  readonly id: string;
  readonly name: string;
  readonly type: StoredRecord['type'];
  readonly content: string;
  readonly proxiable: false;
  readonly proxied: false;
  /** Seconds; 1 for a record that was made with 1, which means automatic. */
  readonly ttl: number;
  readonly settings: Readonly<Record<string, never>>;
  readonly meta: Readonly<Record<string, never>>;
  readonly comment: string | null;
  readonly tags: readonly string[];
  readonly created_on: string;
  readonly modified_on: string;
}

/** What only the API knows of a record. */
export interface Annotation {
  readonly id: string;
  /** The content of a TXT record as the API gives it back. */
  readonly content: string;
  readonly comment: string | null;
  readonly tags: readonly string[];
  /** Whether it was made with the TTL 1. */
  readonly isAutomatic: boolean;
  readonly createdOn: string;
  readonly modifiedOn: string;
}

/** Identifiers are derived, not random: the same zone or record has the same one in every run. */
export function identifierOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The same for the same record, whatever its TTL and however its text is split (see {@link isSameRecord}). */
export function recordKey(zoneId: string, record: StoredRecord): string {
  const text = record.type === 'TXT' ? Buffer.concat(record.data).toString('latin1') : record.data;
  return identifierOf(zoneId, record.name, record.type, text);
}

/** A record as the API shows it; `known` adds what DNS does not have. */
export function toDnsRecord(
  record: StoredRecord,
  known: Partial<Annotation> & Pick<Annotation, 'id' | 'createdOn'>,
): DnsRecord {
  const { id, content, comment = null, tags = [], isAutomatic = false, createdOn } = known;
  return {
    id,
    name: record.name,
    type: record.type,
    content: content ?? (record.type === 'TXT' ? formatTxtContent(record.data) : record.data),
    proxiable: false,
    proxied: false,
    ttl: isAutomatic ? 1 : record.ttl,
    settings: {},
    meta: {},
    comment,
    tags,
    created_on: createdOn,
    modified_on: known.modifiedOn ?? createdOn,
  };
}

/**
 * Checks that a record may be beside the others.
 *
 * @throws ApiProblem (400) when the name has a CNAME or the same record
 */
export function assertNoConflict(known: readonly StoredRecord[], record: StoredRecord): void {
  if (known.some((present) => present.name === record.name && present.type === 'CNAME')) {
    const message = 'A CNAME record with that host already exists.';
    throw new ApiProblem(400, { code: ERROR_CODES.cnameExists, message });
  }
  if (known.some((present) => isSameRecord(present, record))) {
    const message = 'An identical record already exists.';
    throw new ApiProblem(400, { code: ERROR_CODES.recordExists, message });
  }
}
