import type { Finding } from '../../domain/dns-report.ts';
import type { ServerRole } from '../../domain/dns-server.ts';
import { diagnose } from '../diagnosis/causes.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import { type InvestigationServices, investigate } from '../diagnosis/investigation.ts';
import type { AuthorityFinder } from '../discovery/authority.ts';
import type { Discovery } from '../discovery/discovery.ts';
import { type ExpectedRecord, observe } from '../observation/observation.ts';
import type { ServerSearch } from './server-search.ts';

/** The wait that is to be explained. */
export interface ExplainedWait {
  readonly expected: ExpectedRecord;
  readonly search: ServerSearch;
  /** The servers were to be found through DNS. */
  readonly isDiscovered: boolean;
}

/** What {@link explain} works with. */
export interface ExplainServices extends Omit<InvestigationServices, 'parentNameServers'> {
  readonly finder: AuthorityFinder;
}

/** Why the record is not visible, by the last answers of the servers and what else can be asked without harm. */
export async function explain(
  servers: readonly ServerEvidence[],
  { expected, search, isDiscovered }: ExplainedWait,
  { finder, ...services }: ExplainServices,
): Promise<readonly Finding[]> {
  const ofRole = (role: ServerRole) => holders(servers).filter(({ server }) => server.role === role);
  const { discovery } = search.end;
  const scene = {
    expected,
    cnames: search.chain.links.map(({ name }) => name),
    zone: search.zone,
    isDiscovered,
    authoritative: [...search.referring, ...silentServers(discovery, expected), ...ofRole('authoritative')],
    resolvers: ofRole('resolver'),
  };
  const parent = discovery.kind === 'found' ? discovery.parent : undefined;
  const probes = await investigate(scene, {
    ...services,
    parentNameServers: async (zone) => (parent === undefined ? [] : finder.delegation(zone, parent)),
  });
  return diagnose({
    ...scene,
    endless: search.chain.endless,
    probes,
    isRegistered: discovery.kind !== 'not-registered',
    // The search went from one zone to the next: servers above the zone answered as such servers do.
    parentAnswers: parent !== undefined,
    nowMs: services.clock.now(),
  });
}

/** Leaves out servers that only say where the CNAME leads. */
export function holders(servers: readonly ServerEvidence[]): readonly ServerEvidence[] {
  return servers.filter(({ state }) => state.observation?.kind !== 'alias');
}

/** Servers above the domain that gave no usable answer: they show what is wrong with this network. */
function silentServers(discovery: Discovery, expected: ExpectedRecord): readonly ServerEvidence[] {
  if (discovery.kind !== 'unknown') return [];
  return discovery.said.map(({ server, reply }) => ({
    server,
    reply,
    state: {
      label: server.label,
      observation: observe(reply, expected, 'authoritative'),
      answeredAtMs: undefined,
      presentSinceMs: undefined,
      hasAnswered: reply.ok,
      saysBoth: false,
    },
  }));
}
