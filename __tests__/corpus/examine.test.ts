import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../scripts/corpus/examine.ts';
import type { Judge, Reading } from '../../scripts/corpus/judge.ts';

const FILE = 'example.com.zone';
const ZONE = '$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 root 7 3600 600 86400 60\n@ NS ns1\n';
const READING: Reading = {
  zone: 'example.com',
  serial: 7,
  records: ['example.com. 300 IN NS ns1.example.com.'],
};

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'examine-'));
});

afterEach(() => rm(workspace, { recursive: true }));

/** How the record fares in this file, by domain, if the judge reads it like that. */
async function examined(text: string, read: Judge['read']): Promise<readonly (readonly [string, string])[]> {
  await writeFile(join(workspace, FILE), text);
  const all = await examine({ workspace, file: FILE, format: 'bind' }, { name: 'a judge', read });
  expect(await readFile(join(workspace, FILE), 'utf8')).toBe(text);
  return all.map(({ emailDomain, outcome }) => [emailDomain, outcome.kind]);
}

/** Reads the TXT records that the action writes into such a file. */
async function readZone(path: string): Promise<Reading> {
  const text = await readFile(path, 'utf8');
  const written = [...text.matchAll(/^(\S+) TXT (".*")$/gm)].map(([, owner, data]) => {
    const name = owner === '@' ? 'example.com.' : `${owner}.example.com.`;
    return `${name} 300 IN TXT ${data}`;
  });
  const serial = Number(/root (\d+)/.exec(text)?.[1]);
  return { ...READING, serial, records: [...READING.records, ...written] };
}

describe('the record in a file of the corpus', () => {
  it('is written for the zone and for a name below it, and the file is put back', async () => {
    expect(await examined(ZONE, readZone)).toEqual([
      ['example.com', 'added'],
      ['sso-corpus.example.com', 'added'],
    ]);
  });

  it('is wrong when the judge sees no change', async () => {
    const kinds = (await examined(ZONE, async () => READING)).map(([, kind]) => kind);
    expect(kinds).toEqual(['wrong', 'wrong']);
  });

  it('may be refused', async () => {
    const kinds = (await examined(`${ZONE}@ RRSIG SOA 8 2 1\n`, readZone)).map(([, kind]) => kind);
    expect(kinds).toEqual(['refused', 'refused']);
  });

  it('is not judged where the judge does not load the file', async () => {
    expect(await examined(ZONE, async () => undefined)).toEqual([['example.com', 'not-judged']]);
  });
});
