import { html, printable } from '../../text/untrusted.ts';

/** HTML in which nothing of unknown origin is markup. */
export type Markup = string;

/** As much of one text as a person reads in a cell. */
const MAX_CELL_CHARACTERS = 1000;

/**
 * What makes GitHub look for a mention, a reference to an issue or a commit, or an address in a word. It looks in what
 * entities decode to as well, but never inside a code element.
 */
const REFERENCE = /[@#]|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i;

/** Text of unknown origin for a cell: it stays text, and the words that GitHub would make links of are code. */
export function cell(text: string): Markup {
  const words = printable(text, MAX_CELL_CHARACTERS).split(/(\s+)/);
  return words.map((word) => (REFERENCE.test(word) ? referenceAsCode(word) : breakable(word))).join('');
}

/** Punctuation around a word; what people copy out of a code element is the word alone. */
const [OPENING, CLOSING] = [new Set('"\'([{<«'), new Set('"\')]}>»,.;:!?…')];

function referenceAsCode(word: string): Markup {
  let [start, end] = [0, word.length];
  while (OPENING.has(word[start] ?? '')) start++;
  while (CLOSING.has(word[end - 1] ?? '')) end--;
  return `${html(word.slice(0, start))}<code>${breakable(word.slice(start, end))}</code>${html(word.slice(end))}`;
}

/** A name of unknown origin, whole as code. */
export function code(text: string): Markup {
  return `<code>${breakable(printable(text, MAX_CELL_CHARACTERS))}</code>`;
}

/** A longer word makes its column so wide that it pushes the others out of the picture. IDs of Cloudflare fit. */
const MAX_UNBROKEN_CHARACTERS = 40;

/** Text in which a long word may go on in the next line; what people copy has no break in it. */
function breakable(text: string): Markup {
  const characters = [...text];
  const pieces = Array.from({ length: Math.ceil(characters.length / MAX_UNBROKEN_CHARACTERS) }, (_, index) =>
    characters.slice(index * MAX_UNBROKEN_CHARACTERS, (index + 1) * MAX_UNBROKEN_CHARACTERS).join(''),
  );
  return pieces.map(html).join('<wbr>');
}

/** Lines of one cell; an empty one is left out. */
export function lines(parts: readonly Markup[]): Markup {
  return parts.filter((part) => part !== '').join('<br>');
}

/** What explains, beside what matters. */
export function small(markup: Markup): Markup {
  return markup === '' ? '' : `<small>${markup}</small>`;
}

/** A link; what is no address of the web stays text. */
export function link(url: string, title: string): Markup {
  return /^https?:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${html(url)}">${title}</a>`
    : `${title}: ${code(url)}`;
}

/** A table; no line of it is empty, since Markdown would begin again there. */
export function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const heads = head.map((title) => `<th align="left">${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`);
  return [`<table><tr>${heads}</tr>`, ...body, '</table>'].join('\n');
}

/** The characters of a row. */
export function sizeOfRow(cells: readonly Markup[]): number {
  return cells.join().length;
}

/** A part that is folded until somebody opens it. */
export function folded(title: Markup, ...parts: readonly Markup[]): Markup {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A text to copy. */
export function copyable(text: string): Markup {
  const inOneLine = text.split('\n').map((line) => line.split('\t').map(html).join('&#9;'));
  return `<pre><code>${inOneLine.join('&#10;')}</code></pre>`;
}
