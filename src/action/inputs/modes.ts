import { InputError } from '../../domain/errors.ts';
import { MODE_NAMES, type ModeName } from '../../domain/mode-names.ts';
import { problem, readList } from './values.ts';

/** The modes in the order given, each once, in an order in which they can work. */
export function readModes(): readonly ModeName[] {
  const known = MODE_NAMES.join(', ');
  const hint = `The modes are ${known}. Separate several with commas; they run in the order given.`;
  const names = readList('mode');
  if (names.length === 0) throw new InputError('Input mode is missing.', { hint });
  const modes = names.map((name, index) => {
    const mode = MODE_NAMES.find((candidate) => candidate === name);
    if (mode === undefined) throw problem('mode', name, 'is not a mode', hint);
    if (names.indexOf(name) !== index) throw problem('mode', name, 'is named twice', 'Name each mode once.');
    return mode;
  });
  for (const order of ORDERS) {
    const right = order.filter((mode) => modes.includes(mode));
    if (modes.filter((mode) => order.includes(mode)).join() === right.join()) continue;
    throw problem(
      'mode',
      names.join(', '),
      'is not a valid order',
      `Each mode needs the result of the one before it. Use "${right.join(', ')}".`,
    );
  }
  if (modes.includes('enable') && (modes.includes('disable') || modes.includes('delete'))) {
    throw problem(
      'mode',
      names.join(', '),
      'enables and takes back in one step',
      'Use one step to enable, and another to disable or delete.',
    );
  }
  return modes;
}

/** Modes that continue where the one before them ends. */
const ORDERS: readonly (readonly ModeName[])[] = [
  ['preflight', 'create', 'publish-dns', 'wait-for-dns', 'enable'],
  ['disable', 'delete'],
];
