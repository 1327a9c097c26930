import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox, type TxtValue } from '../../../sandbox/index.ts';
import { createDnsClient, type DnsClient, type Reply } from '../../../src/dns/client/client.ts';
import {
  authoritativeServer,
  type DnsServer,
  parseResolver,
  resolverServer,
} from '../../../src/dns/client/servers.ts';
import { AuthorityFinder } from '../../../src/dns/discovery/authority.ts';
import type { AddressServices } from '../../../src/dns/discovery/name-server-addresses.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import { currentTxt } from '../../../src/dns/wait/current-txt.ts';
import type { ServerReport } from '../../../src/domain/dns-report.ts';
import { txtInReport } from '../../../src/domain/dns-report.ts';
import { DnsError, StoppedError } from '../../../src/domain/errors.ts';
import { withNewText } from '../../../src/domain/sso-record.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { rejectionOf } from '../../checks/errors.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { cname, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';
import { CODE, DOMAIN, sampleReport } from '../../samples/results.ts';

const SPF = 'v=spf1 -all';
const SERVERS = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((host) =>
  authoritativeServer({ host, port: 53 }, 'ns.example.com'),
);

type Answer = ResponseParts | 'silence';

/** Each authoritative server answers with one of these, in their order. */
function scripted(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const client: DnsClient = {
    async ask(server, question): Promise<Reply> {
      asked.push(`${server.label} ${question.name} ${question.type}`);
      const address = { host: server.label, port: 53 };
      const parts = answers[SERVERS.indexOf(server)] ?? 'silence';
      return parts === 'silence'
        ? { ok: false, silence: 'timeout', address, transport: 'udp', truncatedOverUdp: false }
        : { ok: true, message: message(parts, question), address, transport: 'udp' };
    },
  };
  const { signal } = new AbortController();
  const services: AddressServices = {
    client,
    clock: systemClock,
    resolvers: [],
    authoritativePort: 53,
    signal,
  };
  const finder = new AuthorityFinder(services);
  const read = () => currentTxt(DOMAIN, SERVERS.slice(0, answers.length), finder, services);
  return { read, asked, services, finder };
}

describe('currentTxt', () => {
  it('is every text that any authoritative server has, each once, sorted', async () => {
    const { read, asked } = scripted(
      { answers: [txt('b'), txt(SPF)] },
      { answers: [txt(SPF), txt('a')] },
      { answers: [txt(SPF)] },
    );
    expect(await read()).toEqual(['a', 'b', SPF]);
    expect(asked).toEqual(SERVERS.map(({ label }) => `${label} ${DOMAIN} TXT`));
  });

  it('is in the same order, whoever answers with what', async () => {
    const parts = [{ answers: [txt('z'), txt('B')] }, { answers: [txt('a'), txt('é')] }];
    expect(await scripted(...parts).read()).toEqual(await scripted(...parts.toReversed()).read());
  });

  it('joins the character-strings of a text', async () => {
    expect(await scripted({ answers: [txt(['one ', 'two'])] }).read()).toEqual(['one two']);
  });

  it('keeps whatever is text, and texts that differ in nothing but their case', async () => {
    const texts = ['', ' ', 'A', 'a', 'say "hi" \\', 'grüße', '😀'];
    const { read } = scripted({ answers: texts.map((text) => txt(text)) });
    expect(await read()).toEqual(texts.toSorted());
  });

  it.each<[string, ResponseParts]>([
    ['there is no TXT record', { authorities: [soa(DOMAIN)] }],
    ['there is no such name', { rcode: 3, authorities: [soa(DOMAIN)] }],
  ])('is empty where %s', async (_, parts) => {
    expect(await scripted(parts).read()).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['is silent', 'silence'],
    ['does not answer with authority', { aa: false, ra: true, answers: [txt('from a cache')] }],
    ['fails', { rcode: 2 }],
    ['refuses', { rcode: 5 }],
    ['gives a part of its answer', { tc: true }],
  ])('goes by the other servers when one %s', async (_, answer) => {
    expect(await scripted(answer, { answers: [txt(SPF)] }).read()).toEqual([SPF]);
  });

  it.each<[string, Answer]>([
    ['is silent', 'silence'],
    ['answers without authority', { aa: false, ra: true, answers: [txt('from a cache')] }],
    ['says that there is no such name, but without authority', { aa: false, rcode: 3 }],
    ['fails', { rcode: 2 }],
    ['gives a part of its answer', { tc: true }],
  ])('is not known when every server %s, and names them', async (_, answer) => {
    const error = await rejectionOf(scripted(answer, answer).read(), DnsError);
    expect(error.message).toEqual(
      sentenceWith(DOMAIN, `${SERVERS[0]?.label}, ${SERVERS[1]?.label}`, 'authoritative answer'),
    );
    expect(error.hint).toContain('deletes');
    expect(error.hint).toContain('authoritative-servers');
  });

  it('takes nothing that belongs to another name', async () => {
    const { read } = scripted({ answers: [txt('other', 300, `sub.${DOMAIN}`), txt(SPF)] });
    expect(await read()).toEqual([SPF]);
  });

  it.each([
    ['alone', [cname(DOMAIN, 'target.example')]],
    ['with the texts of its target', [cname(DOMAIN, 'target.example'), txt('theirs', 300, 'target.example')]],
  ])('refuses a CNAME %s', async (_, answers) => {
    const error = await rejectionOf(scripted({ answers: [txt(SPF)] }, { answers }).read(), DnsError);
    expect(error.message).toContain(`${DOMAIN} is a CNAME`);
    expect(error.hint).toContain('target');
  });

  it('refuses what is not UTF-8, though another server has only text', async () => {
    const bytes = { ...txt(''), data: [Buffer.from([0x61, 0xff])] } as ReturnType<typeof txt>;
    const { read } = scripted({ answers: [txt(SPF)] }, { answers: [bytes] });
    const error = await rejectionOf(read(), DnsError);
    expect(error.message).toEqual(sentenceWith(DOMAIN, 'UTF-8'));
  });

  it("ends with the signal's reason", async () => {
    const reason = new StoppedError('Stopped by SIGTERM.');
    const { services, finder } = scripted();
    const client: DnsClient = { ask: () => Promise.reject(reason) };
    const reading = currentTxt(DOMAIN, SERVERS, finder, { ...services, client });
    expect(await rejectionOf(reading, StoppedError)).toBe(reason);
  });

  it('is not known when no resolver can say where the zone is', async () => {
    const { services, finder } = scripted();
    const error = await rejectionOf(currentTxt(DOMAIN, undefined, finder, services), DnsError);
    expect(error.message).toEqual(sentenceWith(DOMAIN, 'no resolver'));
  });
});

describe('currentTxt over real sockets', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  function resolvers(): readonly DnsServer[] {
    const spec = parseResolver(sandbox.resolver.address);
    return spec === undefined ? [] : [resolverServer(spec)];
  }

  function read(name = DOMAIN, given?: readonly DnsServer[]): Promise<readonly string[]> {
    const services: AddressServices = {
      client: createDnsClient(),
      clock: systemClock,
      resolvers: resolvers(),
      authoritativePort: sandbox.authoritative.port,
      signal: new AbortController().signal,
    };
    return currentTxt(name, given, new AuthorityFinder(services), services);
  }

  function serverAt({ host, port }: { readonly host: string; readonly port: number }): DnsServer {
    return authoritativeServer({ host, port });
  }

  function typesAsked(queries: readonly Pick<Question, 'type'>[] | Sandbox['resolver']['queries']) {
    return [...new Set(queries.map(({ type }) => type))].sort();
  }

  it('finds the servers, and asks no resolver about the domain', async () => {
    sandbox.publishTxt(DOMAIN, CODE);
    expect(await read()).toEqual([CODE, SPF].sort());
    expect(typesAsked(sandbox.resolver.queries)).toEqual(['A', 'NS']);
    const ofResolver = new Set(sandbox.resolver.queries.map(({ name }) => name));
    expect(ofResolver).toEqual(new Set(['com', 'a.nic.com']));
    const direct = sandbox.authoritative.queries.filter(({ type }) => type === 'TXT');
    expect(direct).not.toEqual([]);
    expect(direct.every(({ rd }) => !rd)).toBe(true);
  });

  it('sees what a cache does not know yet', async () => {
    expect(await read()).toEqual([SPF]);
    sandbox.publishTxt(DOMAIN, CODE);
    expect(await read()).toEqual([CODE, SPF].sort());
    sandbox.withdrawTxt(DOMAIN, SPF);
    expect(await read()).toEqual([CODE]);
  });

  it('asks no resolver at all when the servers are given', async () => {
    expect(await read(DOMAIN, [serverAt(sandbox.authoritative)])).toEqual([SPF]);
    expect(sandbox.resolver.queries).toEqual([]);
  });

  it('takes the texts of both while a change travels from one server to the other', async () => {
    const behind = await sandbox.startAuthoritative();
    sandbox.withdrawTxt(DOMAIN, SPF);
    sandbox.publishTxt(DOMAIN, CODE);
    expect(await read(DOMAIN, [sandbox.authoritative, behind].map(serverAt))).toEqual([CODE, SPF].sort());
  });

  it('takes nothing from a resolver that stands in the place of a server', async () => {
    expect(await read(DOMAIN, [sandbox.authoritative, sandbox.resolver].map(serverAt))).toEqual([SPF]);
    const error = await rejectionOf(read(DOMAIN, [serverAt(sandbox.resolver)]), DnsError);
    expect(error.message).toContain('gave an authoritative answer');
  });

  it('reads more than UDP carries', async () => {
    const long: TxtValue = 'x'.repeat(200);
    const texts = Array.from({ length: 30 }, (_, index) => `${String(index).padStart(2, '0')} ${long}`);
    for (const text of texts) sandbox.publishTxt(DOMAIN, text);
    expect(await read()).toEqual([...texts, SPF]);
    expect(sandbox.authoritative.queries.some(({ transport }) => transport === 'tcp')).toBe(true);
  });

  it('refuses a CNAME', async () => {
    sandbox.zone.add({ name: `alias.${DOMAIN}`, type: 'CNAME', data: DOMAIN });
    const error = await rejectionOf(read(`alias.${DOMAIN}`), DnsError);
    expect(error.message).toContain('is a CNAME');
  });

  it('says when the domain is not registered', async () => {
    sandbox.addZone({ origin: 'somebody.example' });
    const error = await rejectionOf(read('nobody.example'), DnsError);
    expect(error.message).toEqual(sentenceWith('nobody.example', 'not registered'));
  });
});

describe('txtInReport', () => {
  const server = (
    role: ServerReport['role'],
    record: ServerReport['record'],
    ...texts: readonly string[]
  ): ServerReport => ({ server: 'x', role, record, txt: texts });
  const inReportOf = (...servers: readonly ServerReport[]) => txtInReport(sampleReport({ servers }));

  it('is every text of the authoritative servers, each once, sorted', () => {
    expect(
      inReportOf(
        server('authoritative', 'present', CODE, 'b'),
        server('authoritative', 'absent', 'a', 'b'),
        server('resolver', 'present', CODE, 'stale'),
      ),
    ).toEqual(['a', 'b', CODE]);
  });

  it('is empty when they have no text', () => {
    expect(inReportOf(server('authoritative', 'absent'))).toEqual([]);
  });

  it('is not known when none of them gave an answer', () => {
    expect(inReportOf(server('authoritative', 'unknown', 'x'), server('resolver', 'present', CODE))).toBe(
      undefined,
    );
    expect(inReportOf()).toBeUndefined();
  });
});

describe('withNewText', () => {
  it('puts the new one last, and each once', () => {
    expect(withNewText(['a', 'z'], 'm')).toEqual(['a', 'z', 'm']);
    expect(withNewText(['a', 'm', 'z'], 'm')).toEqual(['a', 'z', 'm']);
    expect(withNewText([], 'm')).toEqual(['m']);
  });

  it('is the same when it is done twice, and leaves what it was given alone', () => {
    const today = Object.freeze(['m', 'a']);
    const once = withNewText(today, 'm');
    expect(withNewText(once, 'm')).toEqual(once);
  });
});
