import { type Cell, isTaken } from './cell.ts';

/**
 * What a cell tries that others try too. How the action sends a request and reads its answer is the same for all
 * calls: there every fault counts, for reads and for writes, once and always, and on each server. What a mode makes
 * of it depends on the call and on the kind of fault; for a write that had its effect, also on whether the fault stays.
 */
function triedBy(cell: Cell): readonly string[] {
  const { call, fault, frequency } = cell;
  const work = call.method === 'GET' ? 'read' : 'write';
  const outcome = isTaken(cell) ? `${lostBy(cell)}, taken, ${frequency}` : fault.kind;
  return [
    `${work}: ${fault.name}, ${frequency}`,
    `${call.server}: ${fault.name}`,
    `${call.name}: ${outcome}`,
  ];
}

/** A write that was taken is in doubt in the same way whether no answer came or a gateway gave up. */
function lostBy({ fault: { kind } }: Cell): string {
  return kind === 'later' ? 'no-answer' : kind;
}

/**
 * The smallest part of the matrix, as far as taking the best cell again and again finds it, in which everything is
 * tried that any cell tries. The same in every run.
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
