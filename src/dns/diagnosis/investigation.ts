import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient, Reply } from '../client/client.ts';
import { type ExpectedRecord, observe } from '../observation/observation.ts';
import { isAskable, type Question } from '../protocol/message.ts';
import { isPublished, lacking, type Probes, type ServerEvidence } from './evidence.ts';

/** What an investigation starts from. */
export interface Scene {
  readonly expected: ExpectedRecord;
  readonly zone: string | undefined;
  readonly authoritative: readonly ServerEvidence[];
  readonly resolvers: readonly ServerEvidence[];
  /** Resolvers may be asked for the TXT record by now. */
  readonly resolversMayKnow: boolean;
  /** Only where the servers were found through DNS is there a delegation to look at. */
  readonly isDiscovered: boolean;
}

/** What an investigation works with. */
export interface InvestigationServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The name servers of a zone as its parent zone names them; empty when they could not be learnt. */
  parentNameServers(zone: string): Promise<readonly string[]>;
  /** The name servers of a zone by the machine's own resolver; `undefined` when it gave no answer. */
  systemNameServers(zone: string): Promise<readonly string[] | undefined>;
}

const MORE_LOOKS = 3;
/** An explanation is not worth a longer wait: what has not been learnt by then stays unknown. */
const MAX_DURATION_MS = 10_000;

/** Where the record ends up by the usual mistakes. */
function wrongNames({ expected: { name }, zone }: Scene): readonly string[] {
  const prefixed = ['www', '_cloudflare', '_cloudflare_dashboard_sso', 'cloudflare_dashboard_sso'];
  const around = zone !== undefined && zone !== name ? [`${name}.${zone}`, zone] : [];
  return [`${name}.${name}`, ...prefixed.map((label) => `${label}.${name}`), ...around].filter(isAskable);
}

/**
 * Asks what explains the absence of the record, and nothing that could delay it: authoritative servers about
 * anything, resolvers about the TXT record only when they are being asked for it anyway. A dozen questions,
 * and a few for each resolver that has answered without the record.
 *
 * Rejects only with the reason of the signal.
 */
export async function investigate(scene: Scene, services: InvestigationServices): Promise<Probes> {
  using limit = linkedAbort(services.signal);
  const isOver = services.clock.sleep(MAX_DURATION_MS, limit.signal);
  /** What a probe finds out, or nothing when it takes too long. */
  const orNothing = <T>(probe: Promise<T>, nothing: T): Promise<T> =>
    Promise.race([probe, isOver.then(() => nothing)]);
  const within = { ...services, signal: limit.signal };
  const ask =
    scene.isDiscovered && scene.zone !== undefined ? services.systemNameServers(scene.zone) : undefined;
  const [serials, elsewhere, delegation, withoutValidation, undecided, systemNameServers] = await Promise.all(
    [
      orNothing(readSerials(scene, within), new Map()),
      orNothing(lookElsewhere(scene, within), []),
      orNothing(compareDelegation(scene, within), undefined),
      orNothing(askWithoutValidation(scene, within), new Map()),
      orNothing(askOtherBackends(scene, within), []),
      orNothing(Promise.resolve(ask), undefined),
    ],
  );
  return { serials, elsewhere, delegation, withoutValidation, undecided, systemNameServers };
}

function isResponsive({ reply }: ServerEvidence): boolean {
  return reply?.ok === true;
}

async function readSerials(
  scene: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['serials']> {
  const question: Question = { name: scene.zone ?? scene.expected.name, type: 'SOA' };
  const serials = scene.authoritative
    .filter(isResponsive)
    .map(async ({ server }): Promise<[string, number][]> => {
      const reply = await client.ask(server, question, signal);
      const soa = reply.ok
        ? [...reply.message.answers, ...reply.message.authorities].find(({ type }) => type === 'SOA')
        : undefined;
      return soa?.type === 'SOA' ? [[server.label, soa.serial]] : [];
    });
  return new Map((await Promise.all(serials)).flat());
}

/** One authoritative server is enough: what is at a wrong name is there for good. */
async function lookElsewhere(
  scene: Scene,
  { client, signal }: InvestigationServices,
): Promise<readonly string[]> {
  const witness = scene.authoritative.find(isResponsive)?.server;
  if (witness === undefined) return [];
  const looks = wrongNames(scene).map(async (name): Promise<string[]> => {
    const reply = await client.ask(witness, { name, type: 'TXT' }, signal);
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
  const witness = scene.authoritative.find(isResponsive)?.server;
  if (!isDiscovered || zone === undefined || witness === undefined) return undefined;
  const [parent, reply] = await Promise.all([
    services.parentNameServers(zone),
    services.client.ask(witness, { name: zone, type: 'NS' }, services.signal),
  ]);
  const child = reply.ok
    ? reply.message.answers.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []))
    : [];
  return { parent, child };
}

/** SERVFAIL says little; that the same question is answered with CD=1 says that validation failed. */
async function askWithoutValidation(
  { resolvers, expected, resolversMayKnow }: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['withoutValidation']> {
  const question: Question = { name: expected.name, type: resolversMayKnow ? 'TXT' : 'SOA' };
  const failing = resolvers.filter(({ reply }) => reply?.ok === true && reply.message.rcode === 'SERVFAIL');
  const replies = failing.map(async ({ server }): Promise<[string, Reply]> => {
    return [server.label, await client.ask(server, question, signal, { checkingDisabled: true })];
  });
  return new Map(await Promise.all(replies));
}

/** Machines behind one address that do not know the same: once the record is there, asking them does no harm. */
async function askOtherBackends(
  { authoritative, resolvers, expected }: Scene,
  { client, signal }: InvestigationServices,
): Promise<Probes['undecided']> {
  if (!isPublished({ authoritative, resolvers })) return [];
  const question: Question = { name: expected.name, type: 'TXT' };
  const looks = lacking(resolvers).map(async ({ server }): Promise<string[]> => {
    const again = Array.from({ length: MORE_LOOKS }, () => client.ask(server, question, signal));
    const replies = await Promise.all(again);
    const isThere = replies.some((reply) => observe(reply, expected, 'resolver').kind === 'present');
    return isThere ? [server.label] : [];
  });
  return (await Promise.all(looks)).flat();
}
