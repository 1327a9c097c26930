import { afterEach, beforeEach, expect, it } from 'vitest';
import { exchange } from '../../sandbox/dns/client.ts';
import { encodeBareHeader } from '../../sandbox/dns/message.ts';
import { type Meddling, type Recorder, startRecorder } from '../../sandbox/dns/recorder.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { askTcp, askUdp, question, rcode, sendUdp, texts } from '../real/dns-probe.ts';

let sandbox: Sandbox;
let recorder: Recorder;

async function inFront(meddling: Meddling = {}): Promise<number> {
  recorder = await startRecorder({ target: sandbox.authoritative.address, now: () => 1234, ...meddling });
  return recorder.port;
}

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await recorder.close();
  await sandbox.close();
});

it('writes down every question, of every type and over both transports, and passes the answer on', async () => {
  const port = await inFront();
  expect(texts(await askUdp(port, { name: 'Example.com' }))).toEqual(['v=spf1 -all']);
  expect(texts(await askTcp(port, { name: 'example.com' }))).toEqual(['v=spf1 -all']);
  expect(rcode(await askUdp(port, { name: 'nothing.example.com', type: 'SOA', flags: 0 }))).toBe(3);
  expect(recorder.queries).toMatchObject([
    { receivedAt: 1234, transport: 'udp', name: 'Example.com', type: 'TXT', rd: true },
    { receivedAt: 1234, transport: 'tcp', name: 'example.com', type: 'TXT', rd: true },
    { receivedAt: 1234, transport: 'udp', name: 'nothing.example.com', type: 'SOA', rd: false },
  ]);
});

it('answers in place of the server behind it where a test wants that, and writes down these too', async () => {
  const port = await inFront({
    answer: ({ id, edns }) => (edns === undefined ? undefined : encodeBareHeader(id, 'FORMERR')),
  });
  const [arrival] = await sendUdp(port, question({ name: 'example.com', ednsBytes: 1232 }));
  expect(arrival?.bytes).toEqual(encodeBareHeader(4711, 'FORMERR'));
  expect(texts(await askUdp(port, { name: 'example.com' }))).toEqual(['v=spf1 -all']);
  expect(recorder.queries).toHaveLength(2);
  expect(sandbox.authoritative.queries).toHaveLength(1);
});

it('writes a question down when it comes, and passes it on only after the delay', async () => {
  await inFront({ delayMs: 60_000 });
  const givingUp = new AbortController();
  const { signal } = givingUp;
  const kept = exchange({
    server: recorder.address,
    name: 'example.com',
    type: 'TXT',
    timeoutMs: 60_000,
    signal,
  });
  await someRoundTrips(sandbox.authoritative.port);
  expect(recorder.queries).toHaveLength(1);
  expect(sandbox.authoritative.queries).toHaveLength(ROUND_TRIPS);
  givingUp.abort();
  await expect(kept).rejects.toThrow();
});

it('is silent when the server behind it is gone', async () => {
  await inFront();
  await sandbox.authoritative.close();
  const asked = exchange({ server: recorder.address, name: 'example.com', type: 'TXT', timeoutMs: 500 });
  await expect(asked).rejects.toThrow();
  expect(recorder.queries).toHaveLength(1);
});

const ROUND_TRIPS = 5;

async function someRoundTrips(port: number): Promise<void> {
  for (let each = 0; each < ROUND_TRIPS; each++) await askUdp(port, { name: 'other.example.com', flags: 0 });
}
