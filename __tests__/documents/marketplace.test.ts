import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { errorsOfAction } from '../real/github-workflow-parser.ts';

const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
const { name, description, branding } = parse(text) as {
  readonly name: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
};

/** Categories of the Marketplace and features of GitHub. No action may have one of these names. */
const RESERVED = new Set(
  `AI Assisted; API management; Backup Utilities; Chat; Code quality; Code review; Code Scanning Ready;
  Code search; Community; Container CI; Continuous integration; Dependency management; Deployment;
  Deployment Protection Rules; Desktop tools; Game CI; GitHub Sponsors; IDEs; Learning; Localization; Mobile;
  Mobile CI; Monitoring; Open Source management; Project management; Publishing; Recently added; Reporting; Security;
  Support; Testing; Time tracking; Utilities;
  Actions; Codespaces; Copilot; Dependabot; Discussions; GitHub; Gist; Issues; Marketplace; Packages; Pages; Projects;
  Pull requests; Releases; Wiki`
    .toLowerCase()
    .split(/;\s+/),
);

/**
 * The Marketplace checks action.yml only when a release is published, and a published release cannot be changed.
 * https://docs.github.com/en/actions/how-tos/create-and-publish-actions/publish-in-github-marketplace
 */
describe('the Marketplace', () => {
  it('takes the name', () => {
    expect(name).toMatch(/^\S.*\S$/);
    expect(RESERVED).not.toContain(name.toLowerCase());
  });

  it('takes the description: one line, less than 125 characters', () => {
    expect(description).toMatch(/^\S.{10,}\S$/);
    expect(description.length).toBeLessThan(125);
  });

  it('takes the icon and the colour', () => {
    expect(errorsOfAction(text)).toEqual([]);
    expect(branding).toEqual({ icon: expect.any(String), color: expect.any(String) });
  });

  it.each([
    ['icon', 'key'],
    ['color', 'pink'],
  ] as const)('would refuse the %s %s', (property, wrong) => {
    const line = `${property}: ${branding[property]}`;
    expect(text).toContain(line);
    const errors = errorsOfAction(text.replace(line, `${property}: ${wrong}`));
    expect(errors).toEqual([expect.stringContaining(wrong)]);
  });
});
