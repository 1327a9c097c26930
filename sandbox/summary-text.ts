/** Columns of the narrowest terminal that the demo is made for, less its indentation. */
const WIDTH = 96;

/**
 * A table of a job summary as lines for a terminal: its heading, which starts with `heading`; then for each row the
 * first cell, and under it the others. `undefined` when the summary has no such table.
 */
export function tableAsText(summary: string, heading: string): readonly string[] | undefined {
  const pattern = new RegExp(`<b>(${heading}.*)\\n+<table>([\\s\\S]*?)</table>`);
  const [found, title = '', rows = ''] = pattern.exec(summary) ?? [];
  if (found === undefined) return undefined;
  return [textOf(title), ...(rows.match(/^<tr><td>.*/gm) ?? []).flatMap(linesOf)];
}

function linesOf(row: string): readonly string[] {
  const [first = '', ...others] = row.split('<td>').slice(1).map(textOf);
  const below = others.filter(Boolean).flatMap(wrapped);
  return [first, ...below.map((line) => `   ${line}`)];
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a browser shows of this HTML, on one line. */
function textOf(html: string): string {
  return html
    .replaceAll('<br>', ' ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .trim();
}

function wrapped(text: string): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`.trimStart();
  }
  return lines;
}
