import { isAtOrBelow, selfAndAncestors } from '../../domain/dns-name.ts';
import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient, Reply } from '../client/client.ts';
import { type ExpectedRecord, observe } from '../observation/observation.ts';
import { type DnsRecord, isAskable, type Question } from '../protocol/message.ts';
import { hasRecord, isPublished, lacking, ownerName, type Probes, type ServerEvidence } from './evidence.ts';

/** What is known when an investigation starts. */
export interface Scene {
  readonly expected: ExpectedRecord;
  /** As in `Evidence`. */
  readonly cnames?: readonly string[];
  readonly zone: string | undefined;
  readonly authoritative: readonly ServerEvidence[];
  readonly resolvers: readonly ServerEvidence[];
  /** The servers were found through DNS, so there is a delegation to look at. */
  readonly isDiscovered: boolean;
}

/** What an investigation works with. */
export interface InvestigationServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The zone's name servers as its parent zone lists them; empty when they are unknown. */
  parentNameServers(zone: string): Promise<readonly string[]>;
  /** The zone's name servers according to this machine's own resolver; `undefined` when it gives no answer. */
  systemNameServers(zone: string): Promise<readonly string[] | undefined>;
}

const MORE_LOOKS = 3;
/** An explanation is not worth a longer wait; what is not known by then stays unknown. */
const MAX_INVESTIGATION_MS = 10_000;

/** The names at which the usual mistakes publish the record. */
function wrongNames(scene: Scene): readonly string[] {
  const { zone } = scene;
  const name = ownerName(scene);
  const prefixed = ['www', '_cloudflare', '_cloudflare_dashboard_sso', 'cloudflare_dashboard_sso'];
  const around = zone !== undefined && zone !== name ? [`${name}.${zone}`, zone] : [];
  return [`${name}.${name}`, ...prefixed.map((label) => `${label}.${name}`), ...around].filter(isAskable);
}

/**
 * Asks what explains the absence of the record, without delaying the record itself: authoritative servers about
 * anything, resolvers about the TXT record only if they have been asked for it anyway. Takes a dozen questions, and a
 * few for each resolver that has answered without the record.
 *
 * Rejects only with the signal's reason.
 */
export async function investigate(scene: Scene, services: InvestigationServices): Promise<Probes> {
  using limit = linkedAbort(services.signal);
  const isOver = services.clock.sleep(MAX_INVESTIGATION_MS, limit.signal);
  /** The result of a probe, or `nothing` if it takes too long. */
  const orNothing = <T>(probe: Promise<T>, nothing: T): Promise<T> =>
    Promise.race([probe, isOver.then(() => nothing)]);
  const within = { ...services, signal: limit.signal };
  const { zone } = scene;
  const ask =
    zone !== undefined && mayAskResolvers(scene, zone) ? services.systemNameServers(zone) : undefined;
  const [serials, zones, elsewhere, delegation, withoutValidation, closed, undecided, systemNameServers] =
    await Promise.all([
      orNothing(readSerials(scene, within), new Map()),
      orNothing(readZones(scene, within), new Map()),
      orNothing(lookElsewhere(scene, within), []),
      orNothing(compareDelegation(scene, within), undefined),
      orNothing(askWithoutValidation(scene, within), new Map()),
      orNothing(askAnotherName(scene, within), []),
      orNothing(askOtherBackends(scene, within), []),
      orNothing(Promise.resolve(ask), undefined),
    ]);
  return { serials, zones, elsewhere, delegation, withoutValidation, closed, undecided, systemNameServers };
}

/** This machine's own resolver may be one of those that must not learn of the name yet. */
function mayAskResolvers(scene: Scene, zone: string): boolean {
  const { isDiscovered, expected, resolvers } = scene;
  const isName = zone === expected.name || zone === ownerName(scene);
  return isDiscovered && (!isName || resolvers.some(({ reply }) => reply !== undefined));
}

function hasAnswered({ reply }: ServerEvidence): boolean {
  return reply?.ok === true;
}

async function readSerials(
  scene: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['serials']> {
  const question: Question = { name: scene.zone ?? ownerName(scene), type: 'SOA' };
  const serials = scene.authoritative
    .filter(hasAnswered)
    .map(async ({ server }): Promise<[string, number][]> => {
      const soa = soaIn(await client.ask(server, question, signal));
      return soa === undefined ? [] : [[server.label, soa.serial]];
    });
  return new Map((await Promise.all(serials)).flat());
}

type Soa = Extract<DnsRecord, { type: 'SOA' }>;

/** In the answer at the zone apex, in the authority section below it. */
function soaIn(reply: Reply): Soa | undefined {
  if (!reply.ok) return undefined;
  return [...reply.message.answers, ...reply.message.authorities].find((record) => record.type === 'SOA');
}

/** The zone in which each authoritative server has the name: a server may have a zone below that others do not know. */
async function readZones(scene: Scene, { client, signal }: InvestigationServices): Promise<Probes['zones']> {
  const { zone, authoritative } = scene;
  const name = ownerName(scene);
  if (zone === name || authoritative.length < 2) return new Map();
  const zones = authoritative.filter(hasAnswered).map(async ({ server }): Promise<[string, string][]> => {
    const reply = await client.ask(server, { name, type: 'SOA' }, signal);
    const soa = soaIn(reply);
    // Behind a CNAME it is the SOA record of the target's zone.
    const isOfName = soa !== undefined && isAtOrBelow(name, soa.name);
    return reply.ok && reply.message.authoritative && isOfName ? [[server.label, soa.name]] : [];
  });
  return new Map((await Promise.all(zones)).flat());
}

/** One authoritative server is enough: a record at a wrong name is not about to change. */
async function lookElsewhere(
  scene: Scene,
  { client, signal }: InvestigationServices,
): Promise<readonly string[]> {
  const server = scene.authoritative.find(hasAnswered)?.server;
  if (server === undefined) return [];
  const looks = wrongNames(scene).map(async (name): Promise<string[]> => {
    const reply = await client.ask(server, { name, type: 'TXT' }, signal);
    const texts = reply.ok
      ? reply.message.answers.flatMap((one) =>
          one.type === 'TXT' && one.name === name ? [one.strings.join('')] : [],
        )
      : [];
    return texts.includes(scene.expected.value) ? [name] : [];
  });
  return (await Promise.all(looks)).flat();
}

async function compareDelegation(
  scene: Scene,
  services: InvestigationServices,
): Promise<Probes['delegation']> {
  const { zone, isDiscovered } = scene;
  // The zone itself is the one with the record: servers of a former provider have an older one.
  const server = (scene.authoritative.find(hasRecord) ?? scene.authoritative.find(hasAnswered))?.server;
  if (!isDiscovered || zone === undefined || server === undefined) return undefined;
  const [parent, reply] = await Promise.all([
    services.parentNameServers(zone),
    services.client.ask(server, { name: zone, type: 'NS' }, services.signal),
  ]);
  const child = reply.ok
    ? reply.message.answers.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []))
    : [];
  return { parent, child };
}

/** SERVFAIL can mean anything. If the same question with CD=1 gets an answer, validation has failed. */
async function askWithoutValidation(
  { resolvers, expected }: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['withoutValidation']> {
  const question: Question = { name: expected.name, type: 'TXT' };
  const failing = resolvers.filter((one) => hasRcode(one, 'SERVFAIL'));
  const replies = failing.map(async ({ server }): Promise<[string, Reply]> => {
    return [server.label, await client.ask(server, question, signal, { checkingDisabled: true })];
  });
  return new Map(await Promise.all(replies));
}

function hasRcode({ reply }: ServerEvidence, rcode: string): boolean {
  return reply?.ok === true && reply.message.rcode === rcode;
}

/** An access list refuses every name, a filter only some: the top-level domain is on no such list. */
async function askAnotherName(
  { resolvers, expected }: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['closed']> {
  const question: Question = { name: selfAndAncestors(expected.name).at(-1) ?? '.', type: 'NS' };
  const refusing = resolvers.filter((one) => hasRcode(one, 'REFUSED'));
  const replies = refusing.map(async ({ server }): Promise<string[]> => {
    const reply = await client.ask(server, question, signal);
    return reply.ok && reply.message.rcode === 'REFUSED' ? [server.label] : [];
  });
  return (await Promise.all(replies)).flat();
}

/**
 * Looks for other backends of an anycast address. Once the record is published, asking them does no harm. An answer
 * whose cache entry may have expired since proves nothing, but two answers at the same moment do.
 */
async function askOtherBackends(
  { authoritative, resolvers, expected }: Scene,
  { client, clock, signal }: InvestigationServices,
): Promise<Probes['undecided']> {
  if (!isPublished({ authoritative, resolvers })) return [];
  const question: Question = { name: expected.name, type: 'TXT' };
  const looks = lacking(resolvers).map(async ({ server, state }): Promise<string[]> => {
    const again = Array.from({ length: MORE_LOOKS }, () => client.ask(server, question, signal));
    const kinds = (await Promise.all(again)).map((reply) => observe(reply, expected, 'resolver').kind);
    const isUnexpired = state.expiresAtMs !== undefined && clock.now() < state.expiresAtMs;
    const isUndecided = kinds.includes('present') && (isUnexpired || kinds.includes('absent'));
    return isUndecided ? [server.label] : [];
  });
  return (await Promise.all(looks)).flat();
}
