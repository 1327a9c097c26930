import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFault, type ApiFaultRule, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { DnsRecords, textOfContent } from '../../src/cloudflare/dns-records.ts';
import { OutcomeUnknownError, RequestError } from '../../src/domain/errors.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { rejectionOf } from '../checks/errors.ts';
import { growsTooFast } from '../checks/growth.ts';
import { inRuns } from '../checks/in-runs.ts';
import { clientOf } from '../fakes/api-client.ts';
import { startApiServer, success } from '../fakes/api-server.ts';
import { type Deadlines, fakeDeadlines } from '../fakes/deadlines.ts';
import { zoneCalls } from '../real/zone-calls.ts';
import { API_TOKEN, CODE, DOMAIN } from '../samples/results.ts';

const SPF = 'v=spf1 -all';
const RECORDS = /\/dns_records$/;
/** How often the list is read before it is believed that a record is not in it. */
const LOOKS = READ_LAG_MS / 1000 + 1;

let sandbox: Sandbox;
let setup: ReturnType<typeof clientOf>;
let deadlines: Deadlines;
let records: DnsRecords;
let zoneId: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.addToken({ value: API_TOKEN });
  zoneId = sandbox.hostZone({ name: DOMAIN });
  deadlines = fakeDeadlines();
  setup = clientOf(sandbox.apiUrl);
  records = new DnsRecords(setup.client);
});

afterEach(async () => {
  setup[Symbol.dispose]();
  await sandbox.close();
});

function methods(): readonly string[] {
  return sandbox.api.requests.map(({ method }) => method);
}

/** What DNS now has at the domain. */
function published(name = DOMAIN): readonly string[] {
  return sandbox.zone.records.flatMap((record) =>
    record.type === 'TXT' && record.name === name ? [Buffer.concat(record.data).toString()] : [],
  );
}

async function textsAt(): Promise<readonly string[]> {
  return (await records.txtAt(zoneId, DOMAIN)).map(({ text }) => text);
}

function spoil(fault: ApiFault, rule: Omit<ApiFaultRule, 'fault'> = {}): void {
  sandbox.api.faults.add({
    method: 'POST',
    path: RECORDS,
    times: 1,
    ...rule,
    fault: deadlines.passIn(fault),
  });
}

describe('txtAt', () => {
  it('gives the texts at the name without their quotes', async () => {
    sandbox.publishTxt(DOMAIN, CODE);
    sandbox.publishTxt(`sub.${DOMAIN}`, 'not here');
    sandbox.zone.add({ name: DOMAIN, type: 'A', data: '192.0.2.1' });
    expect(await textsAt()).toEqual([SPF, CODE]);
  });

  it('joins the character-strings of a long text', async () => {
    const long = `${'k'.repeat(255)}${'l'.repeat(200)}`;
    sandbox.publishTxt(DOMAIN, long);
    sandbox.publishTxt(DOMAIN, ['one ', 'two']);
    expect(await textsAt()).toEqual([SPF, long, 'one two']);
  });

  it('takes quotes and backslashes for what they are', async () => {
    const text = String.raw`say "hi" \ and ; go`;
    sandbox.publishTxt(DOMAIN, text);
    expect(await textsAt()).toEqual([SPF, text]);
  });

  it('gives nothing where there is nothing', async () => {
    expect(await records.txtAt(zoneId, `none.${DOMAIN}`)).toEqual([]);
  });

  it('reads every page', async () => {
    for (let number = 0; number < 230; number++) sandbox.publishTxt(DOMAIN, `text ${number}`);
    expect(await records.txtAt(zoneId, DOMAIN)).toHaveLength(231);
    expect(sandbox.api.requests.map(({ query }) => query['page'] ?? '1')).toEqual(['1', '2', '3']);
    expect(sandbox.api.requests.at(-1)?.query).toMatchObject({ type: 'TXT', 'name.exact': DOMAIN });
  });

  it('takes only TXT records of that very name, though a server gives others', async () => {
    await using server = await startApiServer(
      success([
        { type: 'A', name: DOMAIN, content: '192.0.2.1' },
        { type: 'TXT', name: `sub.${DOMAIN}`, content: '"other"' },
        { id: 'record1', type: 'TXT', name: 'Example.COM', content: '"mine"' },
        { id: '../x', type: 'TXT', name: DOMAIN },
        { name: DOMAIN, content: '"untyped"' },
      ]),
    );
    using other = clientOf(server.apiUrl);
    expect(await new DnsRecords(other.client).txtAt(zoneId, DOMAIN)).toEqual([
      { id: 'record1', text: 'mine' },
      { id: undefined, text: '' },
    ]);
  });

  it('names the permission when the token lacks it', async () => {
    const apiToken = sandbox.addToken({ permissions: ['zone:read'] });
    using reader = clientOf(sandbox.apiUrl, { apiToken });
    const error = await rejectionOf(new DnsRecords(reader.client).txtAt(zoneId, DOMAIN), CloudflareApiError);
    expect(error).toMatchObject({ status: 403, hint: expect.stringContaining('"DNS: Read"') });
  });
});

describe('addTxt', () => {
  const add = async () => (await records.addTxt(zoneId, DOMAIN, CODE)).isOurs;

  /** The ID of the new record, as the list has it. */
  const listedId = async () => (await records.txtAt(zoneId, DOMAIN)).find(({ text }) => text === CODE)?.id;

  it('gives the ID that the answer has, or else the list', async () => {
    const { id } = await records.addTxt(zoneId, DOMAIN, CODE);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(id).toBe(await listedId());
    sandbox.withdrawTxt(DOMAIN, CODE);
    spoil({ kind: 'reset' }, { carryOut: true });
    expect(await records.addTxt(zoneId, DOMAIN, CODE)).toEqual({ id: await listedId(), isOurs: true });
  });

  it.each([[null], [{}], [{ id: 7 }], [{ id: 'a b' }], ['x']])(
    'needs no ID in the answer: %j',
    async (result) => {
      await using server = await startApiServer(success(result));
      using other = clientOf(server.apiUrl);
      const added = await new DnsRecords(other.client).addTxt(zoneId, DOMAIN, CODE);
      expect(added).toEqual({ id: undefined, isOurs: true });
      expect(server.requests).toHaveLength(1);
    },
  );

  it('adds the record beside the others, in a single request', async () => {
    expect(await add()).toBe(true);
    expect(published()).toEqual([SPF, CODE]);
    expect(methods()).toEqual(['POST']);
    expect(JSON.parse(sandbox.api.requests[0]?.body ?? '')).toEqual({
      type: 'TXT',
      name: DOMAIN,
      content: `"${CODE}"`,
      ttl: 1,
      comment: 'Cloudflare dashboard SSO, made by a GitHub Action',
    });
  });

  it('quotes what would end the text', async () => {
    const text = String.raw`a"b\c`;
    expect(await records.addTxt(zoneId, DOMAIN, text)).toMatchObject({ isOurs: true });
    expect(published()).toEqual([SPF, text]);
    expect(await textsAt()).toEqual([SPF, text]);
  });

  it('adds it below the apex as well', async () => {
    await records.addTxt(zoneId, `team.${DOMAIN}`, CODE);
    expect(published(`team.${DOMAIN}`)).toEqual([CODE]);
  });

  it.each<[string, ApiFault]>([
    ['a reset connection', { kind: 'reset' }],
    ['a cut answer', { kind: 'cut-body' }],
    ['a 502', { kind: 'status', status: 502 }],
    ['an answer that never comes', { kind: 'stall-before-headers' }],
  ])('makes no second record when it was carried out in spite of %s', async (_, fault) => {
    spoil(fault, { carryOut: true });
    expect(await add()).toBe(true);
    expect(published()).toEqual([SPF, CODE]);
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('sends it again when the list says that it was not carried out', async () => {
    spoil({ kind: 'reset' });
    expect(await add()).toBe(true);
    expect(published()).toEqual([SPF, CODE]);
    expect(inRuns(methods())).toBe(`POST ${LOOKS}×GET POST`);
  });

  it('sends it again at once after a 429, which was not looked at', async () => {
    spoil({ kind: 'status', status: 429, retryAfter: '3' });
    expect(await add()).toBe(true);
    expect(methods()).toEqual(['POST', 'POST']);
    expect(setup.clock.sleptMs).toEqual([3000]);
  });

  it('does not call a record its own that was there before', async () => {
    sandbox.publishTxt(DOMAIN, CODE);
    expect(await add()).toBe(false);
    expect(published()).toEqual([SPF, CODE]);
    expect(methods()).toEqual(['POST']);
  });

  /** The list does not show the new record that often. */
  function lag(reads: number): void {
    const empty = { success: true, errors: [], messages: [], result: [] };
    sandbox.api.faults.add({
      method: 'GET',
      path: RECORDS,
      times: reads,
      fault: { kind: 'body', body: JSON.stringify(empty), contentType: 'application/json' },
    });
  }

  it('reads the list again while it lags behind a POST of unknown outcome, with a pause', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    lag(LOOKS - 1);
    expect(await add()).toBe(true);
    expect(published()).toEqual([SPF, CODE]);
    expect(inRuns(methods())).toBe(`POST ${LOOKS}×GET`);
    expect(new Set(setup.clock.sleptMs.slice(1))).toEqual(new Set([1000]));
  });

  it('calls it its own when the list lags too long and the next POST meets it', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    lag(LOOKS);
    expect(await add()).toBe(true);
    expect(published()).toEqual([SPF, CODE]);
    expect(inRuns(methods())).toBe(`POST ${LOOKS}×GET POST`);
  });

  it('stays in doubt when its answer is lost and the look is refused', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    sandbox.api.faults.add({ method: 'GET', path: RECORDS, fault: { kind: 'status', status: 403 } });
    const error = await rejectionOf(add(), OutcomeUnknownError);
    expect(error).toMatchObject({ retryability: 'ambiguous', cause: { status: 403 } });
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('stays in doubt when its answer is lost and the next attempt is refused', async () => {
    spoil({ kind: 'reset' });
    spoil({ kind: 'status', status: 403 });
    expect(await rejectionOf(add(), OutcomeUnknownError)).toMatchObject({ cause: { status: 403 } });
    expect(inRuns(methods())).toBe(`POST ${LOOKS}×GET POST`);
  });

  it('does not POST again before it could read the list', async () => {
    spoil({ kind: 'reset' }, { carryOut: true });
    sandbox.api.faults.add({ method: 'GET', path: RECORDS, times: 2, fault: { kind: 'reset' } });
    expect(await add()).toBe(true);
    expect(methods()).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('gives up after five attempts, each after a look', async () => {
    spoil({ kind: 'reset' }, { times: 9 });
    await rejectionOf(add(), RequestError);
    expect(inRuns(methods())).toBe(`POST${` ${LOOKS}×GET POST`.repeat(4)}`);
  });

  it('is over when the name is an alias', async () => {
    sandbox.zone.add({ name: `alias.${DOMAIN}`, type: 'CNAME', data: 'target.example' });
    const error = await rejectionOf(records.addTxt(zoneId, `alias.${DOMAIN}`, CODE), CloudflareApiError);
    expect(error.errors.map(({ code }) => code)).not.toContain(81_058);
    expect(methods()).toEqual(['POST']);
  });

  it('names the permission to write when the token can only read', async () => {
    const apiToken = sandbox.addToken({ permissions: ['zone:read', 'dns:read'] });
    using reader = clientOf(sandbox.apiUrl, { apiToken });
    const error = await rejectionOf(
      new DnsRecords(reader.client).addTxt(zoneId, DOMAIN, CODE),
      CloudflareApiError,
    );
    expect(error).toMatchObject({ status: 403, hint: expect.stringContaining('"DNS: Edit"') });
    expect(published()).toEqual([SPF]);
  });

  it('shows the record as its zone in the dashboard would, once', async () => {
    await add();
    const { contents } = zoneCalls(sandbox, zoneId);
    expect(await contents('?type=TXT')).toEqual([`"${SPF}"`, `"${CODE}"`]);
  });
});

describe('textOfContent', () => {
  it.each([
    ['bare', 'bare'],
    ['  bare  ', 'bare'],
    ['two words', 'two words'],
    ['"quoted"', 'quoted'],
    ['"one" "two"', 'onetwo'],
    ['"one""two"', 'onetwo'],
    ['"one"\t\n"two" ', 'onetwo'],
    ['""', ''],
    ['', ''],
    [String.raw`"a\"b"`, 'a"b'],
    [String.raw`"a\\b"`, String.raw`a\b`],
    [String.raw`"a\\"`, 'a\\'],
    [String.raw`"a\059b"`, 'a;b'],
    [String.raw`"\034\092"`, '"\\'],
    [String.raw`"a\;b"`, 'a;b'],
    [String.raw`"a\" \"b"`, 'a" "b'],
    // What only looks quoted is taken as it stands.
    ['"unpaired', '"unpaired'],
    ['un"paired', 'un"paired'],
    ['"one" two', '"one" two'],
    [String.raw`"open\"`, String.raw`"open\"`],
    ['"', '"'],
  ])('of %j is %j', (content, text) => {
    expect(textOfContent(content)).toBe(text);
  });

  it.each([
    ['escapes without an end', (size: number) => `"${'\\"'.repeat(size)}`],
    ['empty strings before a letter', (size: number) => `${'""'.repeat(size)}x`],
    ['strings before a lone quote', (size: number) => `${'"a" '.repeat(size)}"`],
  ])('takes no longer for hostile content than for other: %s', (_, hostile) => {
    expect(growsTooFast((size) => textOfContent(hostile(size)))).toBe(false);
  });
});
