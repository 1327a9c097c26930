import * as v from 'valibot';
import { isAtOrBelow, selfAndAncestors, toALabels, wildcardFor } from '../domain/dns-name.ts';
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
const COMMENT = 'Cloudflare dashboard SSO, made by a GitHub Action';

/** The TXT records in zones that Cloudflare hosts. */
export class DnsRecords {
  readonly #client: CloudflareClient;

  constructor(client: CloudflareClient) {
    this.#client = client;
  }

  /** The texts of the TXT records at a name, with their character-strings joined and without quotes. */
  txtAt(zoneId: string, name: string): Promise<readonly string[]> {
    return this.#client.list(txtRecords(zoneId, name)).then(textsAt(name));
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

  /**
   * Adds a TXT record. After an attempt of unknown outcome it reads the list before another POST. Resolves to whether
   * this run added it: `false` when it was already there.
   */
  async addTxt(zoneId: string, name: string, text: string): Promise<boolean> {
    const body = { type: 'TXT', name, content: quoted(text), ttl: AUTOMATIC_TTL, comment: COMMENT };
    const path = `/zones/${encodeURIComponent(zoneId)}/dns_records`;
    const request = { method: 'POST', path, body } as const;
    const { isOurs } = await this.#client.once<'there'>({
      send: async () => {
        await this.#client.send({
          what: 'add the TXT record',
          request,
          result: v.optional(v.unknown()),
          permission: 'DNS: Edit',
        });
        return 'there';
      },
      look: async () => ((await this.#txtOnce(zoneId, name)).includes(text) ? 'there' : undefined),
      alreadyThere: async (refusal) => (isIdentical(refusal) ? 'there' : undefined),
    });
    return isOurs;
  }

  /** A single attempt, as part of an attempt that is repeated as a whole. */
  #txtOnce(zoneId: string, name: string): Promise<readonly string[]> {
    return this.#client
      .list(txtRecords(zoneId, name), { request: (page) => this.#client.send(page) })
      .then(textsAt(name));
  }
}

const recordSchema = v.object({
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

function textsAt(name: string): (records: readonly WireRecord[]) => readonly string[] {
  return (records) =>
    records.flatMap((record) =>
      record.type === 'TXT' && record.name?.toLowerCase() === name
        ? [textOfContent(record.content ?? '')]
        : [],
    );
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

function quoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}

function isIdentical(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.errors.some(({ code }) => code === IDENTICAL_RECORD);
}
