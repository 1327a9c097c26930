import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceBetween } from '../../scripts/markdown.ts';
import { CALLS } from '../matrix/calls.ts';
import { type Cell, type CellResult, isCell } from '../matrix/cell.ts';
import { coveringPart } from '../matrix/covering.ts';
import { FAULTS } from '../matrix/faults.ts';
import { documentedOutcome, outcomeOf, renderMatrix } from '../matrix/report.ts';
import { runCell } from '../matrix/run-cell.ts';
import type { Surroundings } from '../matrix/world.ts';
import { createAuthority } from '../real/certificates.ts';
import { listen } from '../real/https-servers.ts';

/** Most cells wait for a deadline or a pause most of the time. */
const MAX_CONCURRENT = 8;
const ALL_OF_IT_MS = 1_500_000;
const UPDATES_DOCUMENT = process.env['UPDATE_DOCS'] === '1';
/** `npm run test:matrix` tries every cell; `npm test` only the part that covers the rest. */
const IS_WHOLE = process.env['FAULT_MATRIX'] === 'whole' || UPDATES_DOCUMENT;
const DOCUMENT = new URL('../../docs/reliability.md', import.meta.url);

let surroundings: Surroundings;
let directory: string;
const strays: string[] = [];
const strayServer = createServer((request, response) => {
  strays.push(`${request.method} ${request.url}`);
  response.end();
});
const pending = new Map<Cell, Promise<CellResult>>();

const allCells = CALLS.flatMap((call) =>
  FAULTS.flatMap((fault) => (['once', 'always'] as const).map((frequency) => ({ call, fault, frequency }))),
).filter(isCell);
const cells = IS_WHOLE ? allCells : coveringPart(allCells);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fault-matrix-'));
  const caFile = join(directory, 'ca.pem');
  const authority = await createAuthority();
  await writeFile(caFile, authority.ca);
  const addresses = ['127.0.0.1'];
  surroundings = {
    caFile,
    valid: await authority.issue({ addresses }),
    expired: await authority.issue({ addresses, expired: true }),
    elsewhere: `http://127.0.0.1:${await listen(strayServer, '127.0.0.1')}/client/v4/accounts`,
  };
  const limit = pLimit(MAX_CONCURRENT);
  for (const cell of cells) {
    const result = limit(() => runCell(cell, surroundings));
    result.catch(() => undefined);
    pending.set(cell, result);
  }
});

afterAll(async () => {
  await Promise.allSettled(pending.values());
  strayServer.close();
  await once(strayServer, 'close');
  await rm(directory, { recursive: true });
});

describe('every fault of every call', () => {
  it.each(CALLS.map((call) => [call.name, call] as const))(
    '%s',
    async (_, call) => {
      const row = cells.filter((cell) => cell.call === call);
      const results = await Promise.all(row.map((cell) => pending.get(cell)));
      const problems = results.flatMap((result) =>
        (result?.problems ?? ['not run']).map(
          (text) => `${result?.fault.name}, ${result?.frequency}: ${text}`,
        ),
      );
      expect(problems.join('\n')).toBe('');
    },
    ALL_OF_IT_MS,
  );

  it(
    'sent nothing to where the redirects point',
    async () => {
      await Promise.allSettled(pending.values());
      expect(strays).toEqual([]);
    },
    ALL_OF_IT_MS,
  );

  it(
    'had the outcome that docs/reliability.md shows',
    async () => {
      const results = await Promise.all(pending.values());
      const document = await readFile(DOCUMENT, 'utf8');
      const updated = replaceBetween(document, 'matrix', renderMatrix(results));
      if (UPDATES_DOCUMENT) await writeFile(DOCUMENT, updated);
      else if (IS_WHOLE) expect(document).toBe(updated);
      else expect(results.map(outcomeOf)).toEqual(cells.map((cell) => documentedOutcome(document, cell)));
    },
    ALL_OF_IT_MS,
  );
});
