import { DnsError } from '../../domain/errors.ts';
import type { DnsServer } from '../client/servers.ts';
import { type DiscoveryServices, discoverAuthority } from '../discovery/authority.ts';
import type { DnsRecord } from '../protocol/message.ts';

const HINT =
  'The whole list of TXT values is needed, since a tool that owns the RRset deletes what is not in it. Run again, or give the servers that have the zone as authoritative-servers.';

/**
 * The texts of all TXT records at a name as the authoritative servers have them now, sorted. No cache is asked: an
 * old answer here would be written down as what is to be.
 *
 * @param given the authoritative servers, or `undefined` to find them
 * @throws {DnsError} when no authoritative server answers, or the answer cannot be passed on
 */
export async function currentTxt(
  name: string,
  given: readonly DnsServer[] | undefined,
  services: DiscoveryServices,
): Promise<readonly string[]> {
  const servers = given ?? (await discoverServers(name, services));
  const replies = await Promise.all(
    servers.map((server) => services.client.ask(server, { name, type: 'TXT' }, services.signal)),
  );
  const messages = replies.flatMap((reply) => (reply.ok ? [reply.message] : []));
  const believed = messages.filter(
    ({ authoritative, rcode, truncated }) =>
      authoritative && !truncated && (rcode === 'NOERROR' || rcode === 'NXDOMAIN'),
  );
  if (believed.length === 0) {
    const asked = servers.map(({ label }) => label).join(', ');
    throw new DnsError(
      `The TXT records of ${name} could not be read: none of ${asked} gave an authoritative answer.`,
      {
        hint: HINT,
      },
    );
  }
  const records = believed.flatMap(({ answers }) => answers).filter((record) => record.name === name);
  if (records.some(({ type }) => type === 'CNAME')) {
    throw new DnsError(`${name} is a CNAME, and no TXT record can stand beside it.`, {
      hint: 'Publish the records of the target at the name itself first.',
    });
  }
  // While a change travels from server to server, one value too many is better than one too few.
  return [...new Set(records.flatMap(textOf))].sort();
}

async function discoverServers(name: string, services: DiscoveryServices): Promise<readonly DnsServer[]> {
  const discovery = await discoverAuthority(name, services);
  if (discovery.kind === 'found') return discovery.servers;
  const why = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
  throw new DnsError(`The TXT records of ${name} could not be read: ${why}.`, { hint: HINT });
}

function textOf(record: DnsRecord): readonly string[] {
  if (record.type !== 'TXT') return [];
  const text = record.strings.join('');
  if (!text.includes('\ufffd')) return [text];
  throw new DnsError(`A TXT record of ${record.name} is not UTF-8 and cannot be written as text.`, {
    hint: HINT,
  });
}
