import * as v from 'valibot';
import { RECORD_COMMENT } from '../domain/sso-record.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';
import type { ApiCall } from './envelope.ts';

/** `An identical record already exists.` */
const IDENTICAL_RECORD = 81_058;
/** Cloudflare chooses the TTL: five minutes. */
const AUTOMATIC_TTL = 1;

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
   * Adds a TXT record. After an attempt of unknown outcome it reads the list before another POST. Resolves to whether
   * this run added it: `false` when it was already there.
   */
  async addTxt(zoneId: string, name: string, text: string): Promise<boolean> {
    const body = { type: 'TXT', name, content: quoted(text), ttl: AUTOMATIC_TTL, comment: RECORD_COMMENT };
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
  const query = new URLSearchParams({ type: 'TXT', 'name.exact': name });
  return {
    what: 'list the TXT records',
    request: { method: 'GET', path: `/zones/${encodeURIComponent(zoneId)}/dns_records?${query}` },
    result: v.array(recordSchema),
    permission: 'DNS: Read',
  };
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
