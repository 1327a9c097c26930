/** Where a CNAME leads. */
import { registered, type Scenarios, zone } from './planned-domains.ts';
import { type At, RECORD, type Scenario } from './scenario.ts';

const ONE_LOOK = { timeout: '0', 'on-timeout': 'continue' };

/** So many CNAME records in turn, in two zones on different servers, and the TXT record behind them, later or at once. */
function chain(
  label: string,
  cnames: number,
  at: At,
): Pick<Scenario, 'domain' | 'own' | 'zones' | 'delegations'> & {
  readonly end: Readonly<Record<string, readonly string[]>>;
} {
  const origins = [`${label}-a.test`, `${label}-b.net`];
  const originOf = (step: number): string => origins[step % 2] ?? '';
  const steps = Array.from({ length: cnames }, (_, step) => step);
  const linesOf = (origin: string): readonly string[] =>
    steps
      .filter((step) => originOf(step) === origin)
      .map((step) => `c${step} CNAME c${step + 1}.${originOf(step + 1)}.`);
  const [first = '', second = ''] = origins;
  const zones = [zone(first, at, ['nsd'], linesOf(first)), zone(second, at, ['named'], linesOf(second))];
  return {
    domain: `c0.${first}`,
    ...registered(zones, at),
    end: { [originOf(cnames)]: [`c${cnames} ${RECORD}`] },
  };
}

/** By name. */
export const CNAMES = {
  'CNAME to a zone on other servers': (at) => {
    const { end, ...world } = chain('one', 1, at);
    return { ...world, publication: end };
  },
  'eight CNAME records in turn': (at) => {
    const { end, ...world } = chain('eight', 8, at);
    return { ...world, publication: end };
  },
  'nine CNAME records in turn': (at) => {
    const { end, zones = [], ...world } = chain('nine', 9, at);
    const published = zones.map((each) => ({
      ...each,
      records: [...each.records, ...(end[each.origin] ?? [])],
    }));
    return { ...world, zones: published, inputs: ONE_LOOK };
  },
  'CNAME records in a circle': (at) => {
    const zones = [
      zone('circle-a.test', at, ['nsd'], ['mail CNAME mail.circle-b.net.']),
      zone('circle-b.net', at, ['named'], ['mail CNAME mail.circle-a.test.']),
    ];
    return { domain: 'mail.circle-a.test', ...registered(zones, at), inputs: ONE_LOOK };
  },
} satisfies Scenarios;
