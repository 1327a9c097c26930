import { DnsError } from '../../domain/errors.ts';
import { formatDuration } from '../../text/duration.ts';
import { untilAborted } from '../../time/until-aborted.ts';
import type { DnsServer } from '../client/servers.ts';
import { isAnswer } from '../discovery/answers.ts';
import type { AskServices } from '../discovery/ask-several.ts';
import type { AuthorityFinder } from '../discovery/authority.ts';
import type { DnsRecord } from '../protocol/message.ts';
import { timeLimit } from './time-limit.ts';

const HINT =
  'The complete list of TXT values is needed, because a DNS tool that owns the RRset deletes every value that is not in the list. Run again, or set authoritative-servers to the servers of the zone.';

/**
 * The texts of all TXT records that the authoritative servers have at a name now, sorted. Resolvers are not asked: an
 * old answer from a cache would end up in the DNS tool's files.
 *
 * @param given the authoritative servers, or `undefined` to find them
 * @param limitMs what has not answered by then counts as silent; without it, as long as the client takes
 * @throws {DnsError} when no authoritative server answers, or the records cannot be written as text
 */
export async function currentTxt(
  name: string,
  given: readonly DnsServer[] | undefined,
  finder: AuthorityFinder,
  services: AskServices,
  limitMs?: number,
): Promise<readonly string[]> {
  using limit = timeLimit(limitMs, services);
  const { signal } = limit;
  const servers = given ?? (await limit.unlessLate(untilAborted(discoverServers(name, finder), signal)));
  if (servers === undefined) {
    const within = formatDuration(limitMs ?? 0);
    throw new DnsError(`Could not find the authoritative servers of ${name} within ${within}.`, {
      hint: HINT,
    });
  }
  const replies = await Promise.all(
    servers.map((server) => limit.unlessLate(services.client.ask(server, { name, type: 'TXT' }, signal))),
  );
  const messages = replies.flatMap((reply) => (reply?.ok ? [reply.message] : []));
  const believed = messages.filter((message) => isAnswer(message) && !message.truncated);
  if (believed.length === 0) {
    const asked = servers.map(({ label }) => label).join(', ');
    throw new DnsError(
      `Could not read the TXT records of ${name}: none of ${asked} gave an authoritative answer.`,
      { hint: HINT },
    );
  }
  const records = believed.flatMap(({ answers }) => answers).filter((record) => record.name === name);
  if (records.some(({ type }) => type === 'CNAME')) {
    throw new DnsError(`${name} is a CNAME, so it cannot have TXT records.`, {
      hint: 'Replace the CNAME with the records of its target first.',
    });
  }
  // While a change is under way the servers differ: one value too many is better than one too few.
  return [...new Set(records.flatMap(txtText))].sort();
}

async function discoverServers(name: string, finder: AuthorityFinder): Promise<readonly DnsServer[]> {
  const discovery = await finder.find(name);
  if (discovery.kind === 'found') return discovery.servers;
  const why = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
  throw new DnsError(`Could not read the TXT records of ${name}: ${why}.`, { hint: HINT });
}

function txtText(record: DnsRecord): readonly string[] {
  if (record.type !== 'TXT') return [];
  const text = record.strings.join('');
  if (!text.includes('\ufffd')) return [text];
  throw new DnsError(`A TXT record of ${record.name} is not valid UTF-8 and cannot be written as text.`, {
    hint: 'Terraform has only text, so it cannot keep that record. Write the record in ASCII, or remove it, and run again. Or use another record-format, and add the value to the list by hand.',
  });
}
