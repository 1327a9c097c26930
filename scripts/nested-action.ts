/** Writes action/action.yml, the action at a path below the root, from action.yml: part of `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';

const COMMENT = `# Written from ../action.yml by \`npm run docs\`; use that one. This one is for connect.yml, whose \`uses: $/action\` is the
# action at the same commit as connect.yml itself. GitHub takes no such reference to the root of a repository.
`;

/** The text of action/action.yml that belongs to the text of action.yml. */
export function nestedAction(actionYml: string): string {
  const main = /^ {2}main: /m;
  if (!main.test(actionYml)) throw new Error('action.yml has no main');
  return COMMENT + actionYml.replace(main, '  main: ../');
}

if (import.meta.main) writeFileSync('action/action.yml', nestedAction(readFileSync('action.yml', 'utf8')));
