import type { ApiFault, ApiFaultRule } from '../../sandbox/index.ts';
import { type Call, type RequestMatch, takesBack } from './call.ts';
import type { Cell } from './cell.ts';
import type { Surroundings, World } from './world.ts';

/** The server that a call goes to. */
export function serverOf({ server }: Call, { sandbox, github }: World) {
  return server === 'github' ? github : sandbox.api;
}

/** Sets up the fault; returns a callback for each line of the log. */
export function arm(
  { call, fault: { misfortune }, frequency }: Cell,
  world: World,
  { expired, elsewhere }: Surroundings,
): (line: string) => void {
  const server = serverOf(call, world);
  const times = frequency === 'once' ? 1 : call.lasts;
  const target = { method: call.method, path: call.path, skip: call.skip, times };
  const nothing = (): void => undefined;
  switch (misfortune.kind) {
    case 'answer':
      server.faults.add({ ...target, carryOut: misfortune.carryOut ?? false, fault: misfortune.fault() });
      return nothing;
    case 'redirect':
      server.faults.add({ ...target, fault: { kind: 'redirect', status: 307, location: elsewhere } });
      return nothing;
    case 'refused': {
      justBefore(call, world, () => server.reachability.pause());
      const end = endOfRefusals(call, frequency);
      return (line) => {
        if (end?.test(line)) void server.reachability.resume();
      };
    }
    case 'expired-certificate':
      justBefore(call, world, () => server.reachability.useIdentity(expired));
      return nothing;
  }
}

/** The line of the log after which the server accepts connections again. */
function endOfRefusals(call: Call, frequency: Cell['frequency']): RegExp | undefined {
  const takingBackFails = /could not be disabled/;
  if (frequency === 'once') return takesBack(call) ? takingBackFails : / again in /;
  // What the confirmation needs stays away, but not what takes the connector back.
  return call.signIn === 'played' ? takingBackFails : undefined;
}

/** Acts right before the call, which then needs a new connection. */
function justBefore({ after: before = [], ...call }: Call, world: World, act: () => void): void {
  if (before.length === 0) {
    act();
    return;
  }
  let missing = before.length;
  const fault: ApiFault = {
    kind: 'last-of-connection',
    before() {
      missing -= 1;
      if (missing === 0) act();
    },
  };
  const ruleFor = (request: RequestMatch): ApiFaultRule => ({ ...request, times: 1, carryOut: true, fault });
  // A later request must be counted by its own rule before the rule of an earlier one takes it.
  const latestFirst = before.toSorted((one, other) => (other.skip ?? 0) - (one.skip ?? 0));
  serverOf(call, world).faults.add(...latestFirst.map(ruleFor));
}
