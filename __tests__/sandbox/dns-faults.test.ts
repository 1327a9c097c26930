import { decode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DnsFaultRule, type Forgery, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import {
  type Arrival,
  askTcp,
  askUdp,
  framed,
  question,
  rcode,
  sendTcp,
  sendUdp,
  texts,
  unframed,
} from '../real/dns-probe.ts';

const TRUTH = ['v=spf1 -all'];

let sandbox: Sandbox;
let port: number;

beforeEach(async () => {
  sandbox = await startSandbox();
  port = sandbox.authoritative.port;
});
afterEach(() => sandbox.close());

const fail = (...rules: DnsFaultRule[]) => sandbox.authoritative.faults.add(...rules);
const ask = (ednsBytes = 1232) => askUdp(port, { name: 'example.com', ednsBytes });

describe('which queries a rule is for', () => {
  const isHit = async (probe: Parameters<typeof askUdp>[1], ask = askUdp) =>
    rcode(await ask(port, probe)) === 5;

  it('name, whatever its case, and type', async () => {
    fail({ when: { name: 'Example.com', type: 'TXT' }, rcode: 'REFUSED' });
    expect(await isHit({ name: 'exAMPLE.com' })).toBe(true);
    expect(await isHit({ name: 'ns1.example.com' })).toBe(false);
    expect(await isHit({ name: 'example.com', type: 'NS' })).toBe(false);
  });

  it('transport, CD and EDNS', async () => {
    const name = 'example.com';
    fail({ when: { transport: 'tcp' }, rcode: 'REFUSED' });
    expect(await isHit({ name })).toBe(false);
    expect(await isHit({ name }, askTcp)).toBe(true);
    sandbox.authoritative.faults.clear();
    fail({ when: { cd: false, edns: true }, rcode: 'REFUSED' });
    expect(await isHit({ name, ednsBytes: 1232 })).toBe(true);
    expect(await isHit({ name })).toBe(false);
    expect(await isHit({ name, ednsBytes: 1232, flags: 0x10 })).toBe(false);
  });

  it('the first rule decides, until it is used up', async () => {
    fail({ times: 1, rcode: 'SERVFAIL' }, { times: 1, rcode: 'REFUSED' });
    expect([rcode(await ask()), rcode(await ask()), rcode(await ask())]).toEqual([2, 5, 0]);
  });
});

describe('what the answer says', () => {
  it.each([
    ['FORMERR', 1],
    ['SERVFAIL', 2],
    ['NXDOMAIN', 3],
    ['NOTIMP', 4],
    ['REFUSED', 5],
  ] as const)('rcode %s, with empty sections', async (code, number) => {
    fail({ rcode: code });
    const answer = await ask();
    expect(rcode(answer)).toBe(number);
    expect(answer.answers).toEqual([]);
    expect(answer.questions).toHaveLength(1);
  });

  it('ede: the code and its text, only when the query has EDNS', async () => {
    fail({ rcode: 'SERVFAIL', ede: { code: 6, text: 'bogus' } });
    const data = Buffer.concat([Buffer.of(0, 6), Buffer.from('bogus')]);
    expect((await ask()).additionals).toMatchObject([{ type: 'OPT', options: [{ code: 15, data }] }]);
    expect((await askUdp(port, { name: 'example.com' })).additionals).toEqual([]);
  });

  it('clearAa and setRa', async () => {
    fail({ clearAa: true, setRa: true });
    const answer = await ask();
    expect(answer).toMatchObject({ flag_aa: false, flag_ra: true });
    expect(texts(answer)).toEqual(TRUTH);
  });

  it('truncate: over UDP only', async () => {
    fail({ truncate: true });
    expect(await ask()).toMatchObject({ flag_tc: true, answers: [] });
    const whole = await askTcp(port, { name: 'example.com' });
    expect(whole.flag_tc).toBe(false);
    expect(texts(whole)).toEqual(TRUTH);
  });

  it('refuseEdns: FORMERR without OPT, or BADVERS in it; plain DNS works', async () => {
    fail({ times: 1, refuseEdns: 'FORMERR' }, { refuseEdns: 'BADVERS' });
    const formerr = await ask();
    expect(rcode(formerr)).toBe(1);
    expect(formerr.additionals).toEqual([]);
    expect((await ask()).additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }]);
    expect(texts(await askUdp(port, { name: 'example.com' }))).toEqual(TRUTH);
  });

  it('rewrite: another answer every other time, like two backends of one address', async () => {
    fail({ every: 2, rewrite: (response) => ({ ...response, answers: [] }) });
    const seen: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) seen.push(texts(await ask()).length);
    expect(seen).toEqual([0, 1, 0, 1]);
  });

  it('mutate: other bytes, or several messages', async () => {
    fail(
      { times: 1, mutate: (message) => message.subarray(0, -9) },
      { mutate: (message) => [message, message] },
    );
    const query = question({ name: 'example.com' });
    const [cut] = await sendUdp(port, query);
    const [one, two] = await sendUdp(port, query, 2);
    expect(cut?.bytes.length).toBe((one?.bytes.length ?? 0) - 9);
    expect(two?.bytes).toEqual(one?.bytes);
  });
});

describe('when it comes', () => {
  it('drop: never', async () => {
    fail({ times: 1, drop: true });
    const queries = [1, 2].map((id) => question({ name: 'example.com', id }));
    const [first] = await sendUdp(port, queries);
    expect(first?.bytes.readUInt16BE(0)).toBe(2);
    expect(sandbox.authoritative.queries).toHaveLength(2);
  });

  it('delayMs: later, which lets others pass', async () => {
    fail({ times: 1, delayMs: 30 });
    const queries = [1, 2].map((id) => question({ name: 'example.com', id }));
    const arrivals = await sendUdp(port, queries, 2);
    expect(arrivals.map(({ bytes }) => bytes.readUInt16BE(0))).toEqual([2, 1]);
  });

  it('a delay does not outlive the server', async () => {
    fail({ delayMs: 1_000_000 });
    const silent = sendTcp(port, framed(question({ name: 'example.com' })), () => true);
    await expect.poll(() => sandbox.authoritative.queries.length).toBe(1);
    await sandbox.close();
    expect(await silent).toMatchObject({ ended: true, received: Buffer.alloc(0) });
  });
});

describe('forgeries come before the true answer', () => {
  const asked = question({ name: 'example.com', id: 4711 });
  const forgeAndAsk = async (forgery: Forgery): Promise<{ forged: Arrival; truth: Arrival }> => {
    fail({ forge: [forgery], forgedTxt: 'believe me' });
    const [forged, truth] = await sendUdp(port, asked, 2);
    if (forged === undefined || truth === undefined) throw new Error('one of two did not come');
    expect(texts(decode(truth.bytes))).toEqual(TRUTH);
    expect(truth.port).toBe(port);
    return { forged, truth };
  };
  /** What a true answer with the false text would be, but for the trait of the forgery. */
  const plausible = {
    id: 4711,
    flag_qr: true,
    flag_aa: true,
    questions: [{ name: 'example.com', class: 'IN' }],
  };

  it.each([
    ['wrong-id', { ...plausible, id: 4711 ^ 0xffff }],
    ['wrong-question', { ...plausible, questions: [{ name: 'not-example.com' }] }],
    ['wrong-class', { ...plausible, questions: [{ name: 'example.com', class: 'CH' }] }],
    ['not-a-response', { ...plausible, flag_qr: false }],
    ['wrong-opcode', { ...plausible, opcode: 'STATUS' }],
  ] as const)('%s', async (forgery, expected) => {
    const { forged } = await forgeAndAsk(forgery);
    expect(decode(forged.bytes)).toMatchObject(expected);
    expect(texts(decode(forged.bytes))).toEqual(['believe me']);
    expect(forged.port).toBe(port);
  });

  it('wrong-source: all is right but the port', async () => {
    const { forged } = await forgeAndAsk('wrong-source');
    expect(decode(forged.bytes)).toMatchObject(plausible);
    expect(texts(decode(forged.bytes))).toEqual(['believe me']);
    expect(forged.port).not.toBe(port);
  });

  it('no-question: a header alone', async () => {
    const { forged } = await forgeAndAsk('no-question');
    expect(decode(forged.bytes)).toMatchObject({ id: 4711, flag_qr: true, questions: [], answers: [] });
  });

  it('garbage: nothing that could be decoded', async () => {
    const { forged } = await forgeAndAsk('garbage');
    expect(() => decode(forged.bytes)).toThrow();
  });

  it('never over TCP', async () => {
    fail({ forge: ['wrong-id'] });
    expect(texts(await askTcp(port, { name: 'example.com' }))).toEqual(TRUTH);
  });
});

describe('TCP', () => {
  const query = framed(question({ name: 'example.com' }));
  const askRaw = (isDone: (received: Buffer, chunks: number) => boolean) => sendTcp(port, query, isDone);

  it('byte-by-byte: whole in the end', async () => {
    fail({ tcp: 'byte-by-byte' });
    const { received, chunks } = await askRaw((bytes) => unframed(bytes).length === 1);
    expect(unframed(received).flatMap((message) => texts(decode(message)))).toEqual(TRUTH);
    expect(chunks).toBeGreaterThan(2);
  });

  it('close-early: half, then the end', async () => {
    fail({ tcp: 'close-early' });
    const { received, ended } = await askRaw((bytes) => unframed(bytes).length === 1);
    expect(ended).toBe(true);
    expect(received.length).toBeGreaterThan(2);
    expect(received.length).toBe(Math.ceil((2 + received.readUInt16BE(0)) / 2));
  });

  it('stall: half, then nothing on an open connection', async () => {
    fail({ times: 1, tcp: 'stall' });
    const { received, ended } = await askRaw(() => true);
    expect(ended).toBe(false);
    expect(unframed(received)).toEqual([]);
    expect(received.length).toBe(Math.ceil((2 + received.readUInt16BE(0)) / 2));
  });
});
