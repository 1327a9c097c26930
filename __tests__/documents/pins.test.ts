import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTS, readDocument } from '../real/documents.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Dependabot {
  readonly updates: readonly {
    readonly 'package-ecosystem': string;
    readonly directories?: readonly string[];
  }[];
}

/** Action, commit and version of every pin in a file. */
function pinsIn(text: string): [action: string, commit: string][] {
  const pins = text.matchAll(/([\w-]+\/[\w./-]+)@([0-9a-f]{40} # v[\d.]+)/g);
  return [...pins].map(([, action = '', commit = '']) => [action, commit]);
}

const files = globSync(['.github/workflows/*.yml', 'examples/*.yml'], { cwd: ROOT });
const all = [...files.map((path) => ({ path, text: readDocument(path) })), ...DOCUMENTS];

describe('a pinned action', () => {
  it('has the same commit in all workflows, examples and documents', () => {
    const placesOf = Map.groupBy(
      all.flatMap(({ path, text }) => pinsIn(text).map(([action, commit]) => ({ path, action, commit }))),
      ({ action }) => action.split('/').slice(0, 2).join('/'),
    );
    expect([...placesOf.keys()]).toContain('peter-evans/create-pull-request');
    for (const [action, places] of placesOf) {
      const newest = places.find(({ path }) => files.includes(path))?.commit;
      expect(
        places.filter(({ commit }) => commit !== newest),
        action,
      ).toEqual([]);
    }
    const documents = DOCUMENTS.flatMap(({ text }) => pinsIn(text));
    expect(documents.length).toBeGreaterThan(1);
  });

  it('is kept up to date by Dependabot, wherever a workflow is', () => {
    const { updates } = parse(readDocument('.github/dependabot.yml')) as Dependabot;
    const { directories } = updates.find((one) => one['package-ecosystem'] === 'github-actions') ?? {};
    const folders = files.map((path) => `/${dirname(path)}`.replace('/.github/workflows', '/'));
    expect([...new Set(folders)].sort()).toEqual([...(directories ?? [])].sort());
  });
});
