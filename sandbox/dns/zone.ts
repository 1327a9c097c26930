import type { RecordType, SoaAnswer } from 'dns-packet';
import { isWithin, normalizeName } from './names.ts';
import { lookUp, type ZoneAnswer } from './zone-lookup.ts';
import { isSameRecord, type StoredRecord, type TxtValue, toStored, type ZoneRecord } from './zone-records.ts';

/** Options of {@link createZone}; TTLs are in seconds. */
export interface ZoneOptions {
  readonly origin: string;
  /** For records without one; default 300. */
  readonly ttl?: number;
  /** Default 3600. */
  readonly soaTtl?: number;
  /** SOA MINIMUM: with the SOA's TTL it bounds how long an absence is cached (RFC 2308); default 60. */
  readonly soaMinimum?: number;
  /** Default 1; every change increments it. */
  readonly serial?: number;
  readonly nameServers?: readonly string[];
  readonly records?: readonly ZoneRecord[];
}

/** The TTL in seconds of records that are added; without one, the RRset's or the zone's. */
export interface TtlOption {
  readonly ttl?: number | undefined;
}

/** A DNS zone; it may change while servers serve it. Made by {@link createZone}. */
export class Zone {
  readonly origin: string;
  readonly #options: ZoneOptions;
  #records: readonly StoredRecord[] = [];
  #serial: number;

  constructor(options: ZoneOptions) {
    this.#options = options;
    this.origin = normalizeName(options.origin);
    for (const data of options.nameServers ?? []) this.#put({ name: '@', type: 'NS', data });
    for (const record of options.records ?? []) this.#put(record);
    this.#serial = options.serial ?? 1;
  }

  /** The SOA serial; a secondary that lags has a lower one. */
  get serial(): number {
    return this.#serial;
  }

  /** The current records, without the SOA. */
  get records(): readonly StoredRecord[] {
    return this.#records;
  }

  /** The SOA record; `ttl` in seconds replaces its own, for negative answers. */
  soa(ttl = this.#options.soaTtl ?? 3600): SoaAnswer {
    const { origin, soaMinimum: minimum } = this;
    const timers = { refresh: 3600, retry: 600, expire: 86_400, minimum };
    const mname = this.#options.nameServers?.[0] ?? `ns1.${origin}`;
    const data = { mname, rname: `hostmaster.${origin}`, serial: this.#serial, ...timers };
    return { name: origin, type: 'SOA', ttl, data };
  }

  /** SOA MINIMUM in seconds. */
  get soaMinimum(): number {
    return this.#options.soaMinimum ?? 60;
  }

  /** Answers one question from the zone (RFC 1034, 4.3.2). */
  lookUp(name: string, type: RecordType): ZoneAnswer {
    return lookUp(this, name, type);
  }

  /** Adds a record; its TTL, if any, becomes the TTL of the whole RRset (RFC 2181, 5.2). */
  add(record: ZoneRecord): void {
    this.#put(record);
    this.#raiseSerial();
  }

  /** Removes the record with this name, type and data; returns whether it existed. */
  remove(record: ZoneRecord): boolean {
    const unwanted = toStored(this.#absolute(record), 0);
    const kept = this.#records.filter((present) => !isSameRecord(present, unwanted));
    if (kept.length === this.#records.length) return false;
    this.#records = kept;
    this.#raiseSerial();
    return true;
  }

  /** Adds one TXT record and keeps the others. */
  addTxt(name: string, value: TxtValue, { ttl }: TtlOption = {}): void {
    this.add({ name, type: 'TXT', data: value, ttl });
  }

  /** Removes the TXT record with this text, however it is split; returns whether it existed. */
  removeTxt(name: string, value: TxtValue): boolean {
    return this.remove({ name, type: 'TXT', data: value });
  }

  /** Replaces the TXT RRset of a name; an empty list removes it. */
  setTxt(name: string, values: readonly TxtValue[], { ttl }: TtlOption = {}): void {
    const owner = this.#absolute({ name, type: 'TXT', data: '' }).name;
    this.#records = this.#records.filter((record) => record.name !== owner || record.type !== 'TXT');
    for (const data of values) this.#put({ name, type: 'TXT', data, ttl });
    this.#raiseSerial();
  }

  /** An independent copy with the same serial, as a secondary has. */
  copy(): Zone {
    const copy = new Zone(this.#options);
    copy.transferFrom(this);
    return copy;
  }

  /** Copies the records and serial of another copy of the zone, as a zone transfer does (RFC 5936). */
  transferFrom(primary: Zone): void {
    // Sharing is safe: a change replaces the list and never writes into it.
    this.#records = primary.#records;
    this.#serial = primary.#serial;
  }

  #put(record: ZoneRecord): void {
    const absolute = this.#absolute(record);
    const isInRrset = ({ name, type }: StoredRecord) => name === absolute.name && type === absolute.type;
    const ttl = record.ttl ?? this.#records.find(isInRrset)?.ttl ?? this.#options.ttl ?? 300;
    const others = this.#records.map((present) => (isInRrset(present) ? { ...present, ttl } : present));
    this.#records = [...others, toStored(absolute, ttl)];
  }

  #absolute<R extends ZoneRecord>(record: R): R {
    const name = record.name === '@' ? this.origin : normalizeName(record.name);
    if (!isWithin(name, this.origin)) throw new RangeError(`${name} is outside the zone ${this.origin}`);
    return { ...record, name };
  }

  #raiseSerial(): void {
    this.#serial = (this.#serial + 1) >>> 0;
  }
}

/**
 * Makes a zone.
 *
 * @throws RangeError when a record's name is outside the zone
 */
export function createZone(options: ZoneOptions): Zone {
  return new Zone(options);
}
