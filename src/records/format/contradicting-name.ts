import type { RecordTarget } from './record-format.ts';

/** The warning for a file whose name plainly says another zone than the input `record-zone`, which counts. */
export function contradictingName({ zone }: RecordTarget, named: string | undefined): string | undefined {
  if (zone === undefined || named === undefined || named === zone.name) return undefined;
  return `record-zone is ${zone.name}, but the name of the file or of its folder says ${named}: the record is that of a file with the zone ${zone.name}. If the file holds ${named}, undo this change and set record-zone to ${named}, or leave it out.`;
}
