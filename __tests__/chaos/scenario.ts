import type { ApiFaultRule, Sandbox, VerificationStatus } from '../../sandbox/index.ts';
import type { Random } from './random.ts';

/** What a run starts from and is asked to do. */
export interface Scenario {
  readonly modes: string;
  /** By the connector ID instead of the email domain. */
  readonly isById: boolean;
  readonly connector: { readonly status: VerificationStatus; readonly enabled: boolean } | undefined;
  readonly isPublished: boolean;
  /** Up to this long, a read shows what was before a write, in milliseconds. */
  readonly maxLagMs: number;
  readonly allowsDuplicates: boolean;
}

const CHAINS = [
  'create',
  'create, publish-dns',
  'create, publish-dns, wait-for-dns, enable',
  'publish-dns',
  'enable',
  'disable',
  'delete',
  'disable, delete',
  'check',
  'check, disable',
];

/** On the clock of the sandbox; the action's own is ten times as fast, so it is a lag of 4 s for it. */
const MAX_LAG_MS = 400;

/** A scenario by chance. */
export function randomScenario(random: Random): Scenario {
  const modes = random.oneOf(CHAINS);
  const hasConnector = !modes.startsWith('create') || random.chance(0.5);
  const status = random.oneOf(['awaiting', 'pending', 'failed', 'verified', 'verified'] as const);
  const enabled = status === 'verified' && random.chance(0.5);
  return {
    modes,
    isById: hasConnector && !modes.startsWith('create') && random.chance(0.3),
    connector: hasConnector ? { status, enabled } : undefined,
    isPublished: hasConnector && random.chance(0.8),
    maxLagMs: random.chance(0.5) ? random.next() * MAX_LAG_MS : 0,
    allowsDuplicates: random.chance(0.3),
  };
}

type Fault = ApiFaultRule['fault'];

const FAULTS: readonly (() => Fault)[] = [
  () => ({ kind: 'reset' }),
  () => ({ kind: 'status', status: 500 }),
  () => ({ kind: 'status', status: 503 }),
  () => ({ kind: 'cut-body' }),
  () => ({ kind: 'body', body: '<html>502</html>', status: 502, contentType: 'text/html' }),
  () => ({ kind: 'body', body: '', contentType: 'application/json' }),
];

const REFUSALS: readonly (() => Fault)[] = [
  () => ({ kind: 'status', status: 400, errors: [{ code: 17_000, message: 'No' }] }),
  () => ({ kind: 'status', status: 403, errors: [{ code: 10_000, message: 'Authentication error' }] }),
  () => ({ kind: 'status', status: 404, errors: [{ code: 7003, message: 'Could not route' }] }),
  () => ({ kind: 'body', body: '<html>404</html>', status: 404, contentType: 'text/html' }),
  () => ({ kind: 'status', status: 409, errors: [{ code: 17_002, message: 'Conflict' }] }),
  () => ({ kind: 'status', status: 429, retryAfter: '1' }),
];

const WRITES = ['POST', 'PATCH', 'DELETE'] as const;

/** Faults for the next requests: on four of five writes, and on some reads; what none matches is answered rightly. */
export function addFaults({ api }: Sandbox, random: Random): string {
  const added: string[] = [];
  const add = (method: string, isWrite: boolean): void => {
    const isRefusal = random.chance(0.4);
    const fault = random.oneOf(isRefusal ? REFUSALS : FAULTS)();
    const carryOut = isWrite && !isRefusal && random.chance(0.6);
    added.push(
      `${method} ${carryOut ? 'done, then ' : ''}${fault.kind}${'status' in fault ? ` ${fault.status}` : ''}`,
    );
    api.faults.add({ method, times: 1, carryOut, fault });
  };
  const rounds = 1 + Math.floor(random.next() * 6);
  for (let round = 0; round < rounds; round++) {
    for (const method of WRITES) {
      if (random.chance(0.8)) add(method, true);
      // A rule that lets one request through.
      else
        api.faults.add({
          method,
          times: 1,
          carryOut: true,
          fault: { kind: 'last-of-connection', before: () => undefined },
        });
    }
    if (random.chance(0.3)) add('GET', false);
  }
  return added.join('; ');
}
