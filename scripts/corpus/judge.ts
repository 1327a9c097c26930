/** What a DNS program makes of a zone, and whether a change of it adds exactly one record. */

/** A zone as a DNS program reads it. */
export interface Reading {
  /** The zone apex, without its final dot. */
  readonly zone: string;
  /** A line for each record, or each value of it: `owner. TTL IN type data`. Without the SOA record's serial. */
  readonly records: readonly string[];
  /** Of the SOA record; `undefined` in formats without one. */
  readonly serial: number | undefined;
}

/** Reads the zone in a file with the program that people use. */
export interface Judge {
  /** Of the program, for the report. */
  readonly name: string;
  /** `undefined` if the program does not load the file. A file is read as strictly after a change as before it. */
  read(path: string): Promise<Reading | undefined>;
}

/** What is wrong with a change that should add one TXT record; nothing if it does. */
export function faultOf(
  before: Reading,
  after: Reading | undefined,
  { emailDomain, code }: { readonly emailDomain: string; readonly code: string },
): string | undefined {
  if (after === undefined) return 'no longer loads';
  if (after.zone !== before.zone) return `became the zone ${after.zone}`;
  const [added, lost] = [without(after.records, before.records), without(before.records, after.records)];
  if (lost.length > 0) return `lost: ${lost.join(', ')}`;
  if (added.length !== 1) return `added ${added.length} records: ${added.join(', ')}`;
  const [owner, ttl, ...rest] = (added[0] ?? '').split(' ');
  if (owner !== `${emailDomain}.` || rest.join(' ') !== `IN TXT "${code}"`) return `added: ${added[0]}`;
  const hidden = hiddenBy(`${emailDomain}.`, before);
  if (hidden !== undefined) return `took the name away from the wildcard ${hidden}`;
  const others = before.records.filter((line) => line.startsWith(`${owner} `) && / IN TXT /.test(line));
  const foreign = others.find((line) => line.split(' ')[1] !== ttl);
  if (foreign !== undefined) return `has the TTL ${ttl} beside: ${foreign}`;
  return isLater(before.serial, after.serial) ? undefined : `serial ${before.serial} became ${after.serial}`;
}

/**
 * The wildcard that a name lived from, if there is one: by RFC 4592, section 3.3.1, that is the one right below the closest
 * encloser, and only as long as the name itself does not exist.
 */
function hiddenBy(name: string, { records }: Reading): string | undefined {
  const owners = records.map((line) => line.slice(0, line.indexOf(' ')).toLowerCase());
  const exists = (one: string) => owners.some((owner) => owner === one || owner.endsWith(`.${one}`));
  if (exists(name)) return undefined;
  for (let above = name; above.includes('.'); ) {
    above = above.slice(above.indexOf('.') + 1);
    if (above === '' || !exists(above)) continue;
    return owners.find((owner) => owner === `*.${above}`);
  }
  return undefined;
}

/** The lines that are in one list more often than in the other. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** In the arithmetic of serials (RFC 1982, section 3.2). */
function isLater(before: number | undefined, after: number | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  const ahead = (after - before + 2 ** 32) % 2 ** 32;
  return ahead > 0 && ahead < 2 ** 31;
}
