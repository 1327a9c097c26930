import { expect } from 'vitest';
import { MODE_NAMES } from '../../src/domain/mode-names.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import { type RunnerCommand, runnerCommands } from './runner-commands.ts';

const KNOWN_COMMANDS: ReadonlySet<string> = new Set([
  'add-mask',
  'group',
  'endgroup',
  'error',
  'warning',
  'notice',
  'debug',
]);

/**
 * Sees that a runner reads nothing from this log but what the action itself wants to say, and that a person can
 * read each line. Returns the commands.
 */
export function expectCleanLog(stdout: string, secrets: readonly string[]): readonly RunnerCommand[] {
  const commands = runnerCommands(stdout);
  for (const { name, data, properties } of commands) {
    expect(KNOWN_COMMANDS, name).toContain(name);
    expect(Object.keys(properties).filter((key) => key !== 'title')).toEqual([]);
    expect(data.split('\n').length).toBeLessThanOrEqual(2);
    for (const line of [...data.split('\n'), ...Object.values(properties)])
      expect(line).not.toMatch(UNPRINTABLE);
    if (name === 'group') expect(MODE_NAMES).toContain(data);
  }
  expect(commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data)).toEqual(secrets);
  for (const line of stdout.split('\n')) expect(line).not.toMatch(UNPRINTABLE);
  expect(commands.filter(({ name }) => name === 'error').length).toBeLessThanOrEqual(10);
  return commands;
}

const TAG =
  /^<(?<end>\/?)(?<name>table|tr|td|th|br|b|wbr|small|code|pre|p|details|summary|a)(?<attributes>[^<>]*)>$/;
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  th: /^(?: align="left")?$/,
  a: /^ href="https?&#58;\/\/[^"<>\s]*"$/,
};
const VOID_ELEMENTS: ReadonlySet<string> = new Set(['br', 'wbr']);
/** A chart; no other fence is ours. */
const CHART =
  /^```mermaid\n%%\{init: [^\n]*\}%%\ngantt\ndateFormat x\naxisFormat %H:%M:%S\ntickInterval \d+[a-z]+\n(?:(?:section (?:[\w .()[\]/-]|#\d\d;)*|(?:-|without|has it) :(?:done|active), \d+, \d+)\n)*```$/gm;

/**
 * Reads Markdown around HTML strictly: tags of our own alone, all of them closed in order, nothing that is Markdown
 * in between, and outside of code nothing that GitHub makes a link of. Returns the text, entities decoded.
 */
export function expectCleanMarkup(markup: string): string {
  const rest = markup.replaceAll(CHART, '');
  const open: string[] = [];
  let [text, prose] = ['', ''];
  for (const part of rest.split(/(<[^<>]*>)/)) {
    if (part.startsWith('<')) {
      const { name = '', end, attributes = '' } = TAG.exec(part)?.groups ?? {};
      expect(name, part).not.toBe('');
      if (end === '/') expect(open.pop(), part).toBe(name);
      else {
        expect(attributes, part).toMatch(ATTRIBUTES[name] ?? /^$/);
        if (!VOID_ELEMENTS.has(name)) open.push(name);
      }
      continue;
    }
    expect(part).not.toMatch(/[<>`|*[\]\\~]|^#(?!## )/);
    expect(part.replaceAll(/&(?:#\d+|amp|lt|gt|quot|apos|nbsp);/g, '')).not.toContain('&');
    const shown = decoded(part);
    if (open.includes('pre')) expect(shown).not.toContain('\0');
    else expect(shown.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    text += shown;
    // Pieces of prose touch where a tag was.
    prose += open.some((tag) => tag === 'code' || tag === 'pre' || tag === 'a') ? ' ' : shown;
  }
  expect(open).toEqual([]);
  expect(prose).not.toMatch(/@|#\d|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i);
  return text;
}

function decoded(markup: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
  return markup.replaceAll(/&(?:#(\d+)|([a-z]+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? '?') : String.fromCodePoint(Number(code)),
  );
}
