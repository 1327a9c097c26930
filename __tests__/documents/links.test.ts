import { existsSync, globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, readDocument } from '../real/documents.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where links and pictures of a document lead, code blocks aside. */
function targetsOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:href|src)="([^"]+)"/g)];
  return links.map(([, target = '']) => target);
}

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const isLocal = (target: string): boolean => !/^[a-z]+:/.test(target);

/** Paths of this repository that stand in a text; a word in capitals stands for a name that the reader chooses. */
function pathsIn(text: string): readonly string[] {
  const pattern =
    /(?<![\w./-])(?:src|__tests__|docs|examples|sandbox|scripts|bench|\.ci|\.github)\/[\w./*-]*\w/g;
  return [...new Set([...text.matchAll(pattern)].map(([path]) => path))].filter(
    (path) => !/[A-Z]{4}/.test(path.replace('ISSUE_TEMPLATE', '')),
  );
}

describe.each(DOCUMENTS)('$path', ({ path, text }) => {
  it('links only to files and headings that exist', () => {
    const broken = targetsOf(text)
      .filter(isLocal)
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : normalize(join(dirname(path), file));
        if (!existsSync(join(ROOT, linked))) return true;
        return anchor !== undefined && !anchorsOf(readDocument(linked)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names only paths that exist', () => {
    expect(pathsIn(text).filter((named) => globSync(named, { cwd: ROOT }).length === 0)).toEqual([]);
  });
});

describe('the documents', () => {
  it('have links for this test to follow', () => {
    const count = DOCUMENTS.flatMap(({ text }) => targetsOf(text).filter(isLocal)).length;
    expect(count).toBeGreaterThan(50);
  });

  it('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      if (!path.endsWith('.md')) continue;
      for (const target of targetsOf(readDocument(path)).filter(isLocal)) {
        const [file = ''] = target.split('#');
        if (file !== '') reached.add(normalize(join(dirname(path), file)));
      }
    }
    const pages = DOCUMENTS.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

describe('comments of workflows and examples', () => {
  const files = globSync(['examples/**/*.{yml,tf}', '.github/**/*.yml', 'action.yml'], { cwd: ROOT });

  it.each(files)('%s names only paths that exist', (file) => {
    const comments = readDocument(file).match(/#.*$/gm) ?? [];
    const missing = pathsIn(comments.join('\n')).filter(
      (named) => globSync(named, { cwd: ROOT }).length === 0,
    );
    expect(missing).toEqual([]);
  });
});
