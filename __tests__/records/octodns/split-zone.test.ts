import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { octodns } from '../../../src/records/octodns/octodns.ts';
import { openWorkspace } from '../../../src/records/workspace/file.ts';
import { findProgram } from '../../real/dns-worlds.ts';
import { RECORD } from '../../samples/record.ts';

const validator = findProgram('octodns-validate');
const A = (name: string) => `---\n${name}:\n  type: A\n  value: 192.0.2.1\n`;
const CORP = { ...RECORD, emailDomain: 'corp.example.com' };
const CATCHALL = 'zones/example.com./$example.com.yaml';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'split-'));
  await mkdir(join(root, 'zones/example.com.'), { recursive: true });
  await writeFile(join(root, CATCHALL), A("''"));
  const zone = { 'example.com.': { sources: ['files'], targets: ['files'] } };
  const files = {
    class: 'octodns.provider.yaml.YamlProvider',
    directory: join(root, 'zones'),
    split_extension: '.',
    escaped_semicolons: true,
  };
  await writeFile(join(root, 'config.yaml'), JSON.stringify({ providers: { files }, zones: zone }));
});

afterEach(() => rm(root, { recursive: true }));

/** Lets octoDNS load the zone from all its files. */
const validate = () => promisify(execFile)(validator ?? '', ['--config-file', join(root, 'config.yaml')]);

async function update(path: string): Promise<boolean> {
  const workspace = openWorkspace(root);
  const beside = new Map<string, string>();
  const target = { path, nowMs: 0, beside };
  for (const each of octodns.filesBeside?.(target, CORP.emailDomain) ?? []) {
    for (const [name, text] of await workspace.yamlTexts(each)) beside.set(name, text);
  }
  return workspace.update(path, (text) => octodns.merge(text, CORP, target), { dryRun: false });
}

describe.skipIf(validator === undefined)('a zone in several files', () => {
  it.each([
    ['a file of the name', 'zones/example.com./corp.yaml', A('corp')],
    ['a new file of the name', 'zones/example.com./corp.yaml', undefined],
    ['the file with the rest', CATCHALL, undefined],
    ['the zone file beside it', 'zones/example.com.yaml', A('www')],
  ])('is loaded by octoDNS after a change of %s', async (_, path, before) => {
    if (before !== undefined) await writeFile(join(root, path), before);
    expect(await update(path)).toBe(true);
    await validate();
    expect(await update(path)).toBe(false);
  });

  it('gets no second record of a name, which octoDNS would refuse', async () => {
    const txt = '---\ncorp:\n  type: TXT\n  value: a\n';
    await writeFile(join(root, 'zones/example.com./corp.yaml'), txt);
    for (const path of [CATCHALL, 'zones/example.com./eu.yaml']) {
      await expect(update(path)).rejects.toThrow('corp.yaml');
    }
    await validate();
    await writeFile(join(root, 'zones/example.com.yaml'), txt);
    await expect(validate()).rejects.toThrow('Duplicate');
  });
});
