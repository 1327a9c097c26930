import { table } from '../../scripts/markdown.ts';
import { CALLS } from './calls.ts';
import type { Cell, CellResult, Verdict } from './cell.ts';
import { FAULTS } from './faults.ts';

const SIGNS: Readonly<Record<Verdict, string>> = {
  recovered: '✓',
  without: '○',
  refused: '✗',
  endless: '↻',
};

/** The matrix as Markdown: a row per call, a column per fault; each cell has the result for once, then for always. */
export function renderMatrix(results: readonly CellResult[]): string {
  const numbers = FAULTS.map((_, index) => String(index + 1));
  const rows = CALLS.map((call) => [
    call.name,
    ...FAULTS.map((fault) =>
      results
        .filter((result) => result.call === call && result.fault === fault)
        .map(({ verdict }) => SIGNS[verdict])
        .join(''),
    ),
  ]);
  const legend = FAULTS.map(({ name }, index) => `${index + 1}. ${name}`);
  return [figures(results), table([['Call', ...numbers], ...rows]), legend.join('\n')].join('\n\n');
}

function figures(results: readonly CellResult[]): string {
  const count = (verdict: Verdict): number => results.filter((one) => one.verdict === verdict).length;
  return `${results.length} cells, ${CALLS.length} calls by ${FAULTS.length} faults: ${count('recovered')} recovered (✓), ${count('without')} went on without what is only good to know (○), ${count('refused')} refused with one clear error (✗), ${count('endless')} tried again until they were killed (↻), ${results.filter(({ problems }) => problems.length > 0).length} with a problem.`;
}

/** A result as one line, to compare with the document. */
export function outcomeOf(result: CellResult): string {
  return `${titleOf(result)}: ${SIGNS[result.verdict]}`;
}

/** The result in the document's table, in the format of {@link outcomeOf}. */
export function documentedOutcome(document: string, cell: Cell): string {
  const { call, fault, frequency } = cell;
  const row = document.split('\n').find((line) => line.startsWith(`| ${call.name} |`));
  const signs = row?.split('|')[FAULTS.indexOf(fault) + 2]?.trim() ?? '';
  const index = frequency === 'once' ? 0 : 1;
  return `${titleOf(cell)}: ${signs[index]}`;
}

function titleOf({ call, fault, frequency }: Cell): string {
  return `${call.name}, ${fault.name}, ${frequency}`;
}
