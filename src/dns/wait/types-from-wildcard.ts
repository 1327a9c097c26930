import { randomBytes } from 'node:crypto';
import { untilAborted } from '../../time/until-aborted.ts';
import type { DnsServer } from '../client/servers.ts';
import { isAnswer } from '../discovery/answers.ts';
import { type AskServices, askSeveral } from '../discovery/ask-several.ts';
import type { AuthorityFinder } from '../discovery/authority.ts';
import { type DnsMessage, type DnsRecord, isAskable, type QuestionType } from '../protocol/message.ts';
import { timeLimit } from './time-limit.ts';

/** What a name loses that somebody would miss. */
const TYPES = ['MX', 'TXT', 'A', 'AAAA'] as const satisfies readonly QuestionType[];

/**
 * The types of the records that a name has only from a wildcard, by its authoritative servers; empty if there is none, or
 * nobody says so.
 *
 * A wildcard answers for a name that does not exist and for all names below it, until the name gets a record
 * (RFC 4592, section 3.3.1). So a name below that nobody can have is asked about first, and one beside it last: for it a
 * wildcard below the name, `*.corp.example.com`, does not answer.
 *
 * @param given the authoritative servers, or `undefined` to find them
 * @param limitMs what has not answered by then counts as silent
 */
export async function typesFromWildcard(
  name: string,
  given: readonly DnsServer[] | undefined,
  finder: AuthorityFinder,
  services: AskServices,
  limitMs: number | undefined,
): Promise<readonly string[]> {
  const parent = name.slice(name.indexOf('.') + 1);
  const label = randomBytes(6).toString('hex');
  const below = `${label}.${name}`;
  // What is right below a top-level domain is a zone of its own.
  if (!parent.includes('.') || !isAskable(below)) return [];
  using limit = timeLimit(limitMs, services);
  const { signal } = limit;
  const look = async (): Promise<readonly string[]> => {
    const servers = given ?? (await untilAborted(serversAbove(name, finder), signal));
    const limited = { ...services, signal };
    const first = await answer(below, 'MX', servers, limited);
    if (first?.rcode !== 'NOERROR') return [];
    const fromWildcard = await dataAt(below, servers, limited);
    if (fromWildcard.size === 0) return [];
    const [own, beside] = await Promise.all(
      [name, `${label}.${parent}`].map((each) => dataAt(each, servers, limited)),
    );
    return [...fromWildcard].flatMap(([type, data]) =>
      own?.get(type) === data && beside?.get(type) === data ? [type] : [],
    );
  };
  return (await limit.unlessLate(look())) ?? [];
}

/** None for a zone apex, which no wildcard answers for. */
async function serversAbove(name: string, finder: AuthorityFinder): Promise<readonly DnsServer[]> {
  const discovery = await finder.find(name);
  return discovery.kind === 'found' && discovery.apex !== name ? discovery.servers : [];
}

/** The data of all records at a name, by type. */
async function dataAt(
  name: string,
  servers: readonly DnsServer[],
  services: AskServices,
): Promise<ReadonlyMap<string, string>> {
  const messages = await Promise.all(TYPES.map((type) => answer(name, type, servers, services)));
  const records = messages.flatMap((message) => message?.answers ?? []).filter((each) => each.name === name);
  const byType = Map.groupBy(records, ({ type }) => type);
  return new Map([...byType].map(([type, all]) => [type, [...new Set(all.map(dataOf))].sort().join('\n')]));
}

async function answer(
  name: string,
  type: QuestionType,
  servers: readonly DnsServer[],
  services: AskServices,
): Promise<DnsMessage | undefined> {
  const isWhole = (message: DnsMessage): boolean => isAnswer(message) && !message.truncated;
  const said = await askSeveral(servers, { name, type }, services, {
    count: 1,
    isUsable: (reply) => reply.ok && isWhole(reply.message),
  });
  const messages = said.flatMap(({ reply }) => (reply.ok ? [reply.message] : []));
  return messages.find(isWhole);
}

function dataOf(record: DnsRecord): string {
  if (record.type === 'TXT') return record.strings.join('');
  return record.type === 'SOA' ? '' : record.target;
}
