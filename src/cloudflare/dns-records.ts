import * as v from 'valibot';
import { isAtOrBelow, selfAndAncestors, toALabels, wildcardFor } from '../domain/dns-name.ts';
import { characterString, RECORD_COMMENT } from '../domain/sso-record.ts';
import type { WildcardAnswer } from '../domain/wildcard-loss.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';
import type { ApiCall } from './envelope.ts';

/** `An identical record already exists.` */
const IDENTICAL_RECORD = 81_058;
/** Cloudflare chooses the TTL: five minutes. */
const AUTOMATIC_TTL = 1;
/** As many as one answer may have; the usual 100 would take many requests for a large zone. */
const RECORDS_PER_PAGE = '5000';

/** A TXT record in a zone. */
export interface TxtRecord {
  /** `undefined` if Cloudflare does not show it. */
  readonly id: string | undefined;
  /** Its character-strings, joined and without quotes. */
  readonly text: string;
}

/** The result of {@link DnsRecords.addTxt}. */
export interface TxtAddition {
  /** `undefined` if Cloudflare does not show it, as when somebody else was faster. */
  readonly id: string | undefined;
  /** This run added it; `false` when it was already there. */
  readonly isOurs: boolean;
}

/** The TXT records in zones that Cloudflare hosts. */
export class DnsRecords {
  readonly #client: CloudflareClient;

  constructor(client: CloudflareClient) {
    this.#client = client;
  }

  /** The TXT records at a name. */
  txtAt(zoneId: string, name: string): Promise<readonly TxtRecord[]> {
    return this.#client.list(txtRecords(zoneId, name)).then(recordsAt(name));
  }

  /**
   * The wildcard that answers for a name because the name does not exist in its zone, with its types; `undefined` if there
   * is none. The whole zone is listed only if it has a wildcard above the name.
   */
  async wildcardAnswer(
    { id, name: zone }: { readonly id: string; readonly name: string },
    name: string,
  ): Promise<WildcardAnswer | undefined> {
    const parents = selfAndAncestors(name).filter((each) => each !== name && isAtOrBelow(each, zone));
    const wildcards = await Promise.all(
      parents.map((parent) => this.#client.list(recordsIn(id, { 'name.exact': `*.${parent}` }))),
    );
    if (wildcards.flat().length === 0) return undefined;
    const records = await this.#client.list(recordsIn(id, { per_page: RECORDS_PER_PAGE }));
    const wildcard = wildcardFor(name, zone, records.map(ownerOf));
    if (wildcard === undefined) return undefined;
    const types = records.flatMap((record) => (ownerOf(record) === wildcard ? (record.type ?? []) : []));
    return { name, wildcard, types };
  }

  /** Adds a TXT record. After an attempt of unknown outcome it reads the list before another POST. */
  async addTxt(zoneId: string, name: string, text: string): Promise<TxtAddition> {
    const body = {
      type: 'TXT',
      name,
      content: characterString(text),
      ttl: AUTOMATIC_TTL,
      comment: RECORD_COMMENT,
    };
    const path = `/zones/${encodeURIComponent(zoneId)}/dns_records`;
    const request = { method: 'POST', path, body } as const;
    const call = { what: 'add the TXT record', request, result: madeSchema, permission: 'DNS: Edit' };
    const { made, isOurs } = await this.#client.once<Pick<TxtRecord, 'id'>>({
      send: async () => ({ id: (await this.#client.send(call)).result?.id }),
      look: async () => (await this.#txtOnce(zoneId, name)).find((one) => one.text === text),
      alreadyThere: async (refusal) => (isIdentical(refusal) ? { id: undefined } : undefined),
    });
    return { id: made.id, isOurs };
  }

  /** A single attempt, as part of an attempt that is repeated as a whole. */
  #txtOnce(zoneId: string, name: string): Promise<readonly TxtRecord[]> {
    return this.#client
      .list(txtRecords(zoneId, name), { request: (page) => this.#client.send(page) })
      .then(recordsAt(name));
  }
}

const idSchema = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))), undefined);
/** Nothing but the ID is needed, and not even that. */
const madeSchema = v.fallback(v.optional(v.object({ id: idSchema })), undefined);
const recordSchema = v.object({
  id: idSchema,
  type: v.nullish(v.string()),
  name: v.nullish(v.string()),
  content: v.nullish(v.string()),
});

type WireRecord = v.InferOutput<typeof recordSchema>;

function txtRecords(zoneId: string, name: string): ApiCall<readonly WireRecord[]> {
  return { ...recordsIn(zoneId, { type: 'TXT', 'name.exact': name }), what: 'list the TXT records' };
}

function recordsIn(zoneId: string, query: Readonly<Record<string, string>>): ApiCall<readonly WireRecord[]> {
  const path = `/zones/${encodeURIComponent(zoneId)}/dns_records?${new URLSearchParams(query)}`;
  return {
    what: 'list the DNS records',
    request: { method: 'GET', path },
    result: v.array(recordSchema),
    permission: 'DNS: Read',
  };
}

function ownerOf({ name }: WireRecord): string {
  return toALabels(name ?? '');
}

function recordsAt(name: string): (records: readonly WireRecord[]) => readonly TxtRecord[] {
  return (records) =>
    records
      .filter((record) => record.type === 'TXT' && record.name?.toLowerCase() === name)
      .map(({ id, content }) => ({ id, text: textOfContent(content ?? '') }));
}

/** The text of a TXT record's content, which is either bare or the quoted character-strings of a zone file. */
export function textOfContent(content: string): string {
  const trimmed = content.trim();
  if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed)) return trimmed;
  const strings = trimmed.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? [];
  return strings
    .map((string) =>
      string
        .trimStart()
        .slice(1, -1)
        .replaceAll(/\\(\d{3}|.)/gs, unescaped),
    )
    .join('');
}

function unescaped(_: string, escaped: string): string {
  return escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped;
}

function isIdentical(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.errors.some(({ code }) => code === IDENTICAL_RECORD);
}
