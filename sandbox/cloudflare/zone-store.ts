import { normalizeName } from '../dns/names.ts';
import { createZone, type Zone } from '../dns/zone.ts';
import { isSameRecord, type StoredRecord, toStored } from '../dns/zone-records.ts';
import {
  type Annotation,
  assertNoConflict,
  type DnsRecord,
  identifierOf,
  recordId,
  toDnsRecord,
} from './dns-records.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';

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

/** A new TXT record, checked except for conflicts in its zone. */
export interface NewTxtRecord {
  /** Absolute and within the zone. */
  readonly name: string;
  readonly strings: readonly string[];
  /** Seconds, or 1 for automatic: what the name's other TXT records have, or else 300. */
  readonly ttl: number;
  readonly comment?: string | undefined;
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
  readonly annotations: Map<string, Annotation>;
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

  /**
   * Adds a TXT record; it is in DNS after {@link ZoneStore.recordDelayMs}.
   *
   * @throws ApiProblem (400) when the name has the same text or a CNAME
   */
  createTxt(zoneId: string, { name, strings, ttl, comment = '' }: NewTxtRecord): DnsRecord {
    const entry = this.#entry(zoneId);
    const known = this.#known(entry);
    const isInRrset = (present: StoredRecord) =>
      present.name === normalizeName(name) && present.type === 'TXT';
    const effectiveTtl = ttl === 1 ? (known.find(isInRrset)?.ttl ?? AUTOMATIC_TTL) : ttl;
    const record = toStored({ name, type: 'TXT', data: strings }, effectiveTtl);
    assertNoConflict(known, record);
    const annotation = { comment: comment || null, isAutomatic: ttl === 1, createdOn: this.#time() };
    entry.annotations.set(recordId(zoneId, record), annotation);
    if (this.recordDelayMs === 0) publish(zoneOf(entry, this.#options), record);
    else this.#publishLater(zoneId, record);
    return this.#describe(entry, record);
  }

  /** Drops records that are not yet in DNS. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
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

  #describe({ hosted, annotations }: Entry, record: StoredRecord): DnsRecord {
    const id = recordId(hosted.id, record);
    return toDnsRecord(id, record, annotations.get(id) ?? { createdOn: hosted.createdOn });
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
  zone.add(record.type === 'TXT' ? { ...record, data: record.data.map(String) } : record);
}
