import { html, printable } from '../../text/untrusted.ts';

/** HTML in which no untrusted text is markup. */
export type Markup = string;

/** More than a person reads in one cell. */
const MAX_CELL_CHARACTERS = 1000;

/**
 * Signs of a mention, a reference to an issue or a commit, or an address. GitHub looks for these also in decoded
 * entities, but never inside a code element.
 */
const REFERENCE = /[@#]|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i;

/** Untrusted text for a cell: it stays text, and words that GitHub would turn into links become code. */
export function cell(text: string): Markup {
  const words = printable(text, MAX_CELL_CHARACTERS).split(/(\s+)/);
  return words.map((word) => (REFERENCE.test(word) ? referenceAsCode(word) : breakable(word))).join('');
}

/** Punctuation around a word stays outside its code element, so that people copy only the word. */
const [OPENING, CLOSING] = [new Set('"\'([{<«'), new Set('"\')]}>»,.;:!?…')];

function referenceAsCode(word: string): Markup {
  let [start, end] = [0, word.length];
  while (OPENING.has(word[start] ?? '')) start++;
  while (CLOSING.has(word[end - 1] ?? '')) end--;
  return `${html(word.slice(0, start))}<code>${breakable(word.slice(start, end))}</code>${html(word.slice(end))}`;
}

/** An untrusted name as code. */
export function code(text: string): Markup {
  return `<code>${breakable(printable(text, MAX_CELL_CHARACTERS))}</code>`;
}

/** A longer word would widen its column and push the others off the page. Cloudflare's IDs fit. */
const MAX_UNBROKEN_CHARACTERS = 40;

/** Text whose long words may wrap; copying it gives the word without a break. */
function breakable(text: string): Markup {
  if (text.length <= MAX_UNBROKEN_CHARACTERS) return html(text);
  const characters = [...text];
  const pieces = Array.from({ length: Math.ceil(characters.length / MAX_UNBROKEN_CHARACTERS) }, (_, index) =>
    characters.slice(index * MAX_UNBROKEN_CHARACTERS, (index + 1) * MAX_UNBROKEN_CHARACTERS).join(''),
  );
  return pieces.map(html).join('<wbr>');
}

/** The lines of one cell, without empty ones. */
export function lines(parts: readonly Markup[]): Markup {
  return parts.filter((part) => part !== '').join('<br>');
}

/** Small print. */
export function small(markup: Markup): Markup {
  return markup === '' ? '' : `<small>${markup}</small>`;
}

/** A link; anything that is not a web address stays text. */
export function link(url: string, title: string): Markup {
  return /^https?:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${html(url)}">${title}</a>`
    : `${title}: ${code(url)}`;
}

/** A table without empty lines, which would end the HTML block. */
export function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const heads = head.map((title) => `<th align="left">${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`);
  return [`<table><tr>${heads}</tr>`, ...body, '</table>'].join('\n');
}

/** The characters of a row. */
export function sizeOfRow(cells: readonly Markup[]): number {
  return cells.join().length;
}

/** A folded part. */
export function folded(title: Markup, ...parts: readonly Markup[]): Markup {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A text to copy. */
export function copyable(text: string): Markup {
  const inOneLine = text.split('\n').map((line) => line.split('\t').map(html).join('&#9;'));
  return `<pre><code>${inOneLine.join('&#10;')}</code></pre>`;
}
