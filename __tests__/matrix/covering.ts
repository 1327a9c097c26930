import { takesBack } from './call.ts';
import { type Cell, isTaken } from './cell.ts';

/**
 * The properties that a cell tests. All calls share the code that sends requests and reads answers: it needs every
 * fault, for reads and writes, once and always, and on each server. What a mode does next depends on the call and the kind
 * of fault; for a write that had its effect, and for disabling a connector again, also on whether the fault stays.
 */
function triedBy(cell: Cell): readonly string[] {
  const { call, fault, frequency } = cell;
  const work = call.method === 'GET' ? 'read' : 'write';
  const lost = isTaken(cell) ? `${lostBy(cell)}, taken, ${frequency}` : fault.kind;
  const outcome = takesBack(call) ? `${lost}, ${frequency}` : lost;
  return [
    `${work}: ${fault.name}, ${frequency}`,
    `${call.server}: ${fault.name}`,
    `${call.name}: ${outcome}`,
  ];
}

/** For a write that had its effect, a 504 leaves the same doubt as no answer. */
function lostBy({ fault: { kind } }: Cell): string {
  return kind === 'later' ? 'no-answer' : kind;
}

/**
 * A small part of the matrix that tests every property that the whole tests. Cells that test the most new properties
 * come first; the choice is the same in every run.
 */
export function coveringPart(cells: readonly Cell[]): readonly Cell[] {
  const untried = new Set(cells.flatMap(triedBy));
  const isUntried = (what: string): boolean => untried.has(what);
  const chosen = new Set<Cell>();
  for (const most of [3, 2, 1]) {
    for (const cell of cells) {
      const tried = triedBy(cell);
      if (tried.filter(isUntried).length < most) continue;
      chosen.add(cell);
      for (const what of tried) untried.delete(what);
    }
  }
  return cells.filter((cell) => chosen.has(cell));
}
