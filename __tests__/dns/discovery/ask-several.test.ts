import { describe, expect, it } from 'vitest';
import type { DnsClient, Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer } from '../../../src/dns/client/servers.ts';
import { askSeveral } from '../../../src/dns/discovery/ask-several.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { message } from '../../samples/dns-responses.ts';

const QUESTION = { name: 'example.com', type: 'SOA' } as const;

/** Servers that answer after so many milliseconds; a negative number is an answer of no use after that time. */
function servers(...delaysMs: readonly number[]) {
  const clock = simulatedClock();
  const asked: [server: number, atMs: number][] = [];
  const all = delaysMs.map((_, index) => authoritativeServer({ host: `192.0.2.${index}`, port: 53 }));
  const client: DnsClient = {
    async ask(server, question, signal): Promise<Reply> {
      const index = all.indexOf(server);
      asked.push([index, clock.now() - NOON_MS]);
      const delayMs = delaysMs[index] ?? 0;
      await clock.sleep(Math.abs(delayMs), signal);
      const address = { host: server.label, port: 53 };
      const answer = message({ rcode: delayMs < 0 ? 2 : 0 }, question);
      return { ok: true, message: answer, address, transport: 'udp' };
    },
  };
  const stop = new AbortController();
  const ask = (count: number) =>
    askSeveral(
      all,
      QUESTION,
      { client, clock, signal: stop.signal },
      {
        count,
        isUsable: (reply) => reply.ok && reply.message.rcode === 'NOERROR',
      },
    );
  const run = async (count: number) => {
    const said = await clock.run(ask(count));
    return { said: said.map(({ server }) => all.indexOf(server)), tookMs: clock.now() - NOON_MS };
  };
  return { ask, run, clock, asked, stop };
}

describe('asking several servers', () => {
  it('asks so many at once as replies are wanted, and no other if these are of use', async () => {
    for (const count of [1, 2, 3]) {
      const { run, asked, clock } = servers(10, 20, 30, 40);
      const { said, tookMs } = await run(count);
      expect(said).toEqual([0, 1, 2].slice(0, count));
      expect(asked.map(([index]) => index)).toEqual(said);
      expect([tookMs, clock.sleeping]).toEqual([count * 10, 0]);
    }
  });

  it('asks the next one at once after a reply of no use, and returns that too', async () => {
    const { run, asked } = servers(-10, 20, -30, 40);
    expect(await run(2)).toEqual({ said: [0, 1, 2, 3], tookMs: 80 });
    expect(asked).toEqual([
      [0, 0],
      [1, 0],
      [2, 10],
      [3, 40],
    ]);
  });

  it('returns what there is when all have been asked', async () => {
    expect(await servers(-10, -20, 30).run(2)).toEqual({ said: [0, 1, 2], tookMs: 40 });
    expect(await servers(-10, -20).run(1)).toEqual({ said: [0, 1], tookMs: 30 });
    expect(await servers(10).run(2)).toEqual({ said: [0], tookMs: 10 });
    expect(await servers().run(2)).toEqual({ said: [], tookMs: 0 });
  });

  it('asks one more for each second without a reply of use', async () => {
    const { run, asked, clock } = servers(9000, 9000, 9000, 100);
    expect(await run(1)).toEqual({ said: [3], tookMs: 3100 });
    expect(asked.map(([, atMs]) => atMs)).toEqual([0, 1000, 2000, 3000]);
    expect(clock.sleeping).toBe(0);
  });

  it('does not wait for a further reply longer than that second', async () => {
    const { run, asked, clock } = servers(100, 9000, 50);
    expect(await run(2)).toEqual({ said: [0], tookMs: 1000 });
    expect(asked).toHaveLength(2);
    expect(clock.sleeping).toBe(0);
  });

  it('waits for slow servers when there is no other', async () => {
    expect(await servers(4500, -4600).run(2)).toEqual({ said: [0, 1], tookMs: 4600 });
  });

  it("rejects with the signal's reason, and leaves nothing under way", async () => {
    const reason = new Error('stop');
    const { ask, clock, stop } = servers(9000, 9000);
    const asking = ask(2);
    stop.abort(reason);
    await expect(asking).rejects.toBe(reason);
    await expect(ask(2)).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
  });
});
