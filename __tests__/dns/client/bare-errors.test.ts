import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthoritativeServer,
  type DnsFaultRule,
  type Sandbox,
  startSandbox,
} from '../../../sandbox/index.ts';
import { createDnsClient, type Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer } from '../../../src/dns/client/servers.ts';
import type { TransportName } from '../../../src/domain/dns-server.ts';
import { startTellingUnbound } from '../../real/dns-daemons.ts';
import { freePort, missingPrograms, mustHaveRealDns } from '../../real/dns-worlds.ts';
import { bareHeader } from '../../samples/dns-responses.ts';

/** The answer cut down to a header that has this RCODE. */
const bare = (rcode: number) => (message: Buffer) => bareHeader(message.readUInt16BE(0), rcode);

/** A server that does not know EDNS and answers so without repeating the question. */
const withoutEdns = (rcode: number): DnsFaultRule => ({ when: { edns: true }, mutate: bare(rcode) });

let sandbox: Sandbox;
let server: AuthoritativeServer;
beforeEach(async () => {
  sandbox = await startSandbox();
  server = sandbox.authoritative;
});
afterEach(() => sandbox.close());

function ask(
  transport: TransportName,
  { host, port } = server as { host: string; port: number },
): Promise<Reply> {
  const asked = { ...authoritativeServer({ host, port }), transport };
  return createDnsClient().ask(asked, { name: 'example.com', type: 'TXT' }, new AbortController().signal);
}

const ANSWERED = { ok: true, message: { rcode: 'NOERROR', answers: [{ strings: ['v=spf1 -all'] }] } };

describe.each(['udp', 'tcp'] as const)(
  'over %s, a server without EDNS that repeats no question',
  (transport) => {
    it.each([
      ['FORMERR', 1],
      ['NOTIMP', 4],
    ])('is asked again without EDNS after %s, at once, and answers', async (_rcode, code) => {
      server.faults.add(withoutEdns(code));
      expect(await ask(transport)).toMatchObject({ ...ANSWERED, transport });
      expect(server.queries.map(({ edns }) => edns)).toEqual([true, false]);
    });
  },
);

describe('over UDP, a bare header', () => {
  it('that is forged costs one question, and never the answer', async () => {
    const forged = (message: Buffer) => [bare(1)(message), message];
    server.faults.add({ when: { edns: true }, mutate: forged });
    expect(await ask('udp')).toMatchObject(ANSWERED);
    expect(server.queries).toHaveLength(2);
  });

  it.each([0, 1, 2, 3, 4, 5])('with RCODE %i does not end a question in plain DNS', async (rcode) => {
    server.faults.add(withoutEdns(1), { mutate: (message) => [bare(rcode)(message), message] });
    expect(await ask('udp')).toMatchObject(ANSWERED);
    expect(server.queries).toHaveLength(2);
  });

  it('with REFUSED is only believed over TCP', async () => {
    server.faults.add({ mutate: bare(5) });
    const reply = await ask('auto');
    expect(reply).toMatchObject({ ok: true, transport: 'tcp', message: { rcode: 'REFUSED' } });
    expect(server.queries.map((query) => query.transport)).toEqual(['udp', 'udp', 'tcp']);
  }, 10_000);
});

const missing = missingPrograms(['unbound']);
const isSkipped = missing.length > 0 && !mustHaveRealDns();
if (isSkipped) console.log('Skipped, since not installed: unbound (errors without a question)');

describe.skipIf(isSkipped)('an Unbound that refuses this client', () => {
  it('has refused, and not been silent', async () => {
    // Over IPv4 it answers, which shows that it is up.
    const [host, port] = ['::1', await freePort('127.0.0.1')];
    const lines = ['ede: no', 'do-ip6: yes', `interface: ::1@${port}`, 'access-control: ::1/128 refuse'];
    await using _unbound = await startTellingUnbound({ server: lines });
    const reply = await ask('auto', { host, port });
    expect(reply).toMatchObject({ ok: true, message: { rcode: 'REFUSED' } });
  }, 20_000);
});
