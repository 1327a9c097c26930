import { html } from './untrusted.ts';

/** HTML in which nothing of unknown origin is markup. */
export type Markup = string;

/** As much of one text as a person reads in a cell. */
const MAX_CELL_CHARACTERS = 1000;

/** Text of unknown origin for a cell. */
export function cell(text: string): Markup {
  return html(text.length > MAX_CELL_CHARACTERS ? `${text.slice(0, MAX_CELL_CHARACTERS)}…` : text);
}

/** A table; no line of it is empty, since Markdown would begin again there. */
export function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const heads = head.map((title) => `<th align="left">${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`);
  return [`<table><tr>${heads}</tr>`, ...body, '</table>'].join('\n');
}

/** As many rows from the first on as have room. */
export function fitting(
  rows: readonly (readonly Markup[])[],
  maxCharacters: number,
): readonly (readonly Markup[])[] {
  let characters = 0;
  const end = rows.findIndex((cells) => {
    characters += cells.join().length;
    return characters > maxCharacters;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** A part that is folded until somebody opens it. */
export function folded(title: Markup, ...parts: readonly Markup[]): Markup {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A text to copy. */
export function copyable(text: string): Markup {
  const lines = text.split('\n').map((line) => line.split('\t').map(html).join('&#9;'));
  return `<pre><code>${lines.join('&#10;')}</code></pre>`;
}
