import { existsSync, globSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/dns/diagnosis/causes.ts';
import { DRIFT_KINDS } from '../../src/domain/drift.ts';
import { MODE_NAMES } from '../../src/domain/mode-names.ts';
import { GUARD_IDS, PREFLIGHT_POLICIES } from '../../src/domain/preflight.ts';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import { firstColumn, readDocument } from '../real/documents.ts';

describe('the tables of the documents', () => {
  it('list every cause of an invisible record, in the order in which they are told', () => {
    const table = firstColumn(readDocument('docs/waiting-for-dns.md'), 'Cause');
    expect(table).toEqual(CAUSES.map(({ id }) => id));
  });

  it('list every kind of drift', () => {
    expect(firstColumn(readDocument('docs/drift.md'), '`kind` in `drift-report`')).toEqual([...DRIFT_KINDS]);
  });

  it('list every guard of the preflight, in the order in which they are told', () => {
    expect(firstColumn(readDocument('docs/preflight.md'), 'Guard')).toEqual([...GUARD_IDS]);
  });

  it('list what the input preflight takes', () => {
    const table = firstColumn(readDocument('docs/preflight.md'), '`preflight`');
    expect(table.map((cell) => cell.split(' ')[0])).toEqual([...PREFLIGHT_POLICIES]);
  });

  it('list in the README each permission that a refused request names, once', () => {
    const rows = firstColumn(readDocument('README.md'), 'Permission').join(', ');
    const named = [...rows.matchAll(/[A-Z][\w:, ]*?: (?:Read|Edit)/g)].map(([name]) => name);
    const sources = globSync('src/cloudflare/*.ts').map((path) => readDocument(path));
    const used = sources.flatMap((text) => text.match(/(?<=')[A-Z][\w:, ]*: (?:Read|Edit)(?=')/g) ?? []);
    expect(named.toSorted()).toEqual([...new Set(used)].sort());
  });

  it('list every record format', () => {
    const table = firstColumn(readDocument('docs/records-as-code.md'), '`record-format`');
    expect([...table].sort()).toEqual([...RECORD_FORMAT_NAMES].sort());
  });

  it('list every mode', () => {
    expect(firstColumn(readDocument('README.md'), 'Mode')).toEqual([...MODE_NAMES]);
  });

  it('name a test for every answer to a question about security', () => {
    const rows = readDocument('docs/security.md').match(/^\| .*\? \| .* \|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !/\(\.\.\/(?:__tests__\/[\w/-]+\.test\.ts|\.ci\/run)\)/.test(row))).toEqual(
      [],
    );
  });
});

describe('docs/architecture.md', () => {
  const text = readDocument('docs/architecture.md');
  const src = new URL('../../src/', import.meta.url);
  const folders = readdirSync(src, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('has every folder of src in its table of layers', () => {
    const table = firstColumn(text, 'Folder in `src/`')
      .join()
      .split(/[\s,]+/);
    expect(table.toSorted()).toEqual(folders.map((name) => `${name}/`).sort());
  });

  it('names only files of src that exist', () => {
    const named = [...text.matchAll(/`([\w-]+\/[\w./-]*)`/g)].map(([, path = '']) => path);
    const inSrc = named.filter((path) => folders.includes(path.split('/')[0] ?? ''));
    expect(inSrc.length).toBeGreaterThan(20);
    expect(inSrc.filter((path) => !existsSync(new URL(path, src)))).toEqual([]);
  });
});
