import { normalizeName } from '../dns/names.ts';
import { createZone, type Zone } from '../dns/zone.ts';
import { isSameRecord, type StoredRecord, toStored, type ZoneRecord } from '../dns/zone-records.ts';
import {
  type Annotation,
  assertNoConflict,
  type DnsRecord,
  identifierOf,
  recordKey,
  toDnsRecord,
} from './dns-records.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import type { TxtContent } from './txt-content.ts';

/** Status of a zone at Cloudflare; only an active one is delegated to it. */
export type ZoneStatus = 'initializing' | 'pending' | 'active' | 'moved';

/** A zone to add to an account. */
export interface HostedZoneOptions {
  readonly name: string;
  /** Default: active. */
  readonly status?: ZoneStatus;
  /** Default: the sandbox's own account. */
  readonly accountId?: string;
  /**
   * Where its records are. Default: for an active zone, the zone of that name on the authoritative server; otherwise a
   * zone that no server has.
   */
  readonly zone?: Zone;
}

/** A zone of an account as the store keeps it. */
export interface HostedZone {
  readonly id: string;
  readonly name: string;
  readonly status: ZoneStatus;
  readonly accountId: string;
  readonly createdOn: string;
}

/** A record of a zone, as DNS has it and as the API shows it. */
export interface ListedRecord {
  readonly stored: StoredRecord;
  readonly shown: DnsRecord;
}

/** A TXT record as it shall be, checked except for conflicts in its zone. */
export interface NewTxtRecord {
  /** Absolute and within the zone. */
  readonly name: string;
  readonly content: TxtContent;
  /** Seconds, or 1 for automatic: what the name's other TXT records have, or else 300. */
  readonly ttl: number;
  readonly comment: string | null;
  readonly tags: readonly string[];
}

/** Options of a {@link ZoneStore}. */
export interface ZoneStoreOptions {
  readonly now: () => number;
  /** Finds the zone with this origin in DNS. */
  readonly servedZone?: ((origin: string) => Zone | undefined) | undefined;
  /** Default 0. */
  readonly recordDelayMs?: number | undefined;
}

interface Entry {
  readonly hosted: HostedZone;
  readonly zone: Zone | undefined;
  /** Holds the records while no server has the zone. */
  readonly unserved: Zone;
  /** By the key of the record. */
  readonly annotations: Map<string, Annotation>;
  /** How often a record with this key was deleted, or became another one: its ID never comes back. */
  readonly left: Map<string, number>;
  /** Accepted, but not yet in DNS. */
  readonly upcoming: Set<StoredRecord>;
}

/** The zones of all accounts and their DNS records. */
export class ZoneStore {
  /** Delay until a record made through the API is in DNS; 0 for none. */
  recordDelayMs: number;
  readonly #entries = new Map<string, Entry>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #options: ZoneStoreOptions;

  constructor(options: ZoneStoreOptions) {
    this.#options = options;
    this.recordDelayMs = options.recordDelayMs ?? 0;
  }

  /** Adds a zone to an account and returns its ID. An existing zone is changed and keeps its ID. */
  host(options: HostedZoneOptions & { readonly accountId: string }): string {
    const { accountId, status = 'active', zone } = options;
    const name = normalizeName(options.name);
    const id = identifierOf(accountId, name);
    const before = this.#entries.get(id);
    const createdOn = before?.hosted.createdOn ?? this.#time();
    this.#entries.set(id, {
      unserved: before?.unserved ?? createZone({ origin: name }),
      annotations: before?.annotations ?? new Map(),
      left: before?.left ?? new Map(),
      upcoming: before?.upcoming ?? new Set(),
      zone,
      hosted: { id, name, status, accountId, createdOn },
    });
    return id;
  }

  /** Removes a zone from its account, not from DNS; returns whether it existed. */
  remove(zoneId: string): boolean {
    return this.#entries.delete(zoneId);
  }

  /** The zones of all accounts, oldest first. */
  all(): HostedZone[] {
    return [...this.#entries.values()].map(({ hosted }) => hosted);
  }

  /** @throws ApiProblem (404) when there is no such zone */
  get(zoneId: string): HostedZone {
    return this.#entry(zoneId).hosted;
  }

  /** The name servers in the zone's NS records; none for a zone that no server has. */
  nameServers(zoneId: string): string[] {
    const { origin, records } = zoneOf(this.#entry(zoneId), this.#options);
    return records.flatMap((record) => (record.type === 'NS' && record.name === origin ? [record.data] : []));
  }

  /** The records of a zone, without those that Cloudflare does not list: SOA, and NS at the apex. */
  records(zoneId: string): ListedRecord[] {
    const entry = this.#entry(zoneId);
    return this.#known(entry)
      .filter(({ name, type }) => type !== 'NS' || name !== entry.hosted.name)
      .map((stored) => ({ stored, shown: this.#describe(entry, stored) }));
  }

  /** @throws ApiProblem (404) when the zone lists no such record */
  record(zoneId: string, recordId: string): ListedRecord {
    const found = this.records(zoneId).find(({ shown }) => shown.id === recordId);
    if (found !== undefined) return found;
    throw new ApiProblem(404, { code: ERROR_CODES.recordNotFound, message: 'Record does not exist.' });
  }

  /**
   * Adds a TXT record; it is in DNS after {@link ZoneStore.recordDelayMs}.
   *
   * @throws ApiProblem (400) when the name has the same text or a CNAME
   */
  createTxt(zoneId: string, wanted: NewTxtRecord): DnsRecord {
    const entry = this.#entry(zoneId);
    const known = this.#known(entry);
    const record = toTxt(wanted, known);
    assertNoConflict(known, record);
    return this.#put(entry, record, {
      ...annotationOf(wanted),
      id: idOf(entry, record),
      createdOn: this.#time(),
    });
  }

  /**
   * Replaces a TXT record, which keeps its ID. The former text leaves DNS at once; the new one is there after
   * {@link ZoneStore.recordDelayMs}.
   *
   * @throws ApiProblem: 404 when the zone lists no such record, 400 when it is no TXT record, or the name has another one
   * with the same text, or a CNAME
   */
  updateTxt(zoneId: string, recordId: string, wanted: NewTxtRecord): DnsRecord {
    const entry = this.#entry(zoneId);
    const { stored, shown } = this.record(zoneId, recordId);
    if (stored.type !== 'TXT') {
      const message = 'The sandbox changes only records of type TXT.';
      throw new ApiProblem(400, { code: ERROR_CODES.invalidRecordType, message });
    }
    const others = this.#known(entry).filter((present) => !isSameRecord(present, stored));
    const record = toTxt(wanted, others);
    assertNoConflict(others, record);
    const isElsewhere = !isSameRecord(record, stored);
    if (isElsewhere) leave(entry, stored);
    if (isElsewhere || record.ttl !== stored.ttl) this.#withdraw(entry, stored);
    return this.#put(entry, record, { ...annotationOf(wanted), id: shown.id, createdOn: shown.created_on });
  }

  /**
   * Deletes a record, which leaves DNS at once.
   *
   * @throws ApiProblem (404) when the zone lists no such record
   */
  deleteRecord(zoneId: string, recordId: string): void {
    const entry = this.#entry(zoneId);
    const { stored } = this.record(zoneId, recordId);
    leave(entry, stored);
    this.#withdraw(entry, stored);
  }

  /** Drops records that are not yet in DNS. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #put(entry: Entry, record: StoredRecord, annotation: Omit<Annotation, 'modifiedOn'>): DnsRecord {
    const { id } = entry.hosted;
    entry.annotations.set(recordKey(id, record), { ...annotation, modifiedOn: this.#time() });
    if (this.recordDelayMs === 0) publish(zoneOf(entry, this.#options), record);
    else this.#publishLater(id, record);
    return this.#describe(entry, record);
  }

  #withdraw(entry: Entry, record: StoredRecord): void {
    for (const one of entry.upcoming) if (isSameRecord(one, record)) entry.upcoming.delete(one);
    zoneOf(entry, this.#options).remove(toZoneRecord(record));
  }

  #publishLater(zoneId: string, record: StoredRecord): void {
    this.#entry(zoneId).upcoming.add(record);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // The zone may have changed or left its account in the meantime.
      const entry = this.#entries.get(zoneId);
      if (entry?.upcoming.delete(record)) publish(zoneOf(entry, this.#options), record);
    }, this.recordDelayMs).unref();
    this.#timers.add(timer);
  }

  #describe(entry: Entry, record: StoredRecord): DnsRecord {
    const { id, createdOn } = entry.hosted;
    const known = entry.annotations.get(recordKey(id, record));
    return toDnsRecord(record, known ?? { id: idOf(entry, record), createdOn });
  }

  /** Records in DNS, and those that soon will be. */
  #known(entry: Entry): StoredRecord[] {
    const served = zoneOf(entry, this.#options).records;
    const isServed = (record: StoredRecord) => served.some((present) => isSameRecord(present, record));
    return [...served, ...[...entry.upcoming].filter((record) => !isServed(record))];
  }

  #entry(zoneId: string): Entry {
    const entry = this.#entries.get(zoneId);
    if (entry !== undefined) return entry;
    throw new ApiProblem(404, { code: ERROR_CODES.zoneNotFound, message: 'Invalid zone identifier' });
  }

  #time(): string {
    return new Date(this.#options.now()).toISOString();
  }
}

/** Cloudflare's automatic TTL in seconds. */
const AUTOMATIC_TTL = 300;

function zoneOf({ zone, hosted, unserved }: Entry, { servedZone }: ZoneStoreOptions): Zone {
  // A zone that is not active is served by another DNS host.
  return zone ?? (hosted.status === 'active' ? servedZone?.(hosted.name) : undefined) ?? unserved;
}

function publish(zone: Zone, record: StoredRecord): void {
  // It may have been added to the zone by hand in the meantime.
  if (zone.records.some((present) => isSameRecord(present, record))) return;
  zone.add(toZoneRecord(record));
}

function toZoneRecord(record: StoredRecord): ZoneRecord {
  return record.type === 'TXT' ? { ...record, data: record.data.map(String) } : record;
}

/** The record that is wanted, beside those known. */
function toTxt({ name, content, ttl }: NewTxtRecord, known: readonly StoredRecord[]): StoredRecord {
  const isInRrset = (present: StoredRecord) => present.name === normalizeName(name) && present.type === 'TXT';
  const effectiveTtl = ttl === 1 ? (known.find(isInRrset)?.ttl ?? AUTOMATIC_TTL) : ttl;
  return toStored({ name, type: 'TXT', data: content.strings }, effectiveTtl);
}

function annotationOf({ content, comment, tags, ttl }: NewTxtRecord) {
  return { content: content.shown, comment, tags, isAutomatic: ttl === 1 };
}

/** The ID of a record that is made now, or was put into DNS by hand. */
function idOf({ hosted, left }: Entry, record: StoredRecord): string {
  const key = recordKey(hosted.id, record);
  const times = left.get(key) ?? 0;
  return times === 0 ? key : identifierOf(key, String(times));
}

function leave({ hosted, annotations, left }: Entry, record: StoredRecord): void {
  const key = recordKey(hosted.id, record);
  annotations.delete(key);
  left.set(key, (left.get(key) ?? 0) + 1);
}
