import type { StepResult } from '../../sandbox/runner.ts';
import type { Call } from './call.ts';
import { confirmedCalls } from './confirmed-calls.ts';
import { githubCalls } from './github-calls.ts';
import {
  APPS,
  checkGuardCalls,
  enableGuardCalls,
  GUARD_READS,
  playPastSignIn,
  preflightCalls,
} from './guard-calls.ts';
import { connectorsOf, DOMAIN, textsOf, type World } from './world.ts';

const LIST = { method: 'GET', path: /\/sso_connectors$/ } as const;
const CREATE = { method: 'POST', path: /\/sso_connectors$/ } as const;
const GET = { method: 'GET', path: /\/sso_connectors\/\w+$/ } as const;
const CHANGE = { method: 'PATCH', path: /\/sso_connectors\/\w+$/ } as const;
const DELETE = { method: 'DELETE', path: /\/sso_connectors\/\w+$/ } as const;
const BEGIN = { method: 'POST', path: /\/begin_verification$/ } as const;
const ZONES = { method: 'GET', path: /^\/zones$/ } as const;
const RECORDS = { method: 'GET', path: /\/dns_records$/ } as const;
const ADD_RECORD = { method: 'POST', path: /\/dns_records$/ } as const;

const ID = 'a'.repeat(32);
const CODE = `cloudflare_dashboard_sso=${'1'.repeat(32)}`;

type Status = 'awaiting' | 'pending' | 'failed' | 'verified';

function seeded(
  status: Status,
  how: { enabled?: boolean; published?: boolean } = {},
): (world: World) => void {
  return ({ sandbox }) => {
    const { enabled = false, published = false } = how;
    if (published) sandbox.publishTxt(DOMAIN, CODE);
    sandbox.seedConnector({ emailDomain: DOMAIN, id: ID, code: CODE, status, enabled });
  };
}

/** Also that somebody has signed in through Access before. */
function seededAfterSignIn(...how: Parameters<typeof seeded>): (world: World) => void {
  return (world) => {
    seeded(...how)(world);
    playPastSignIn(world);
  };
}

const only = ({ sandbox }: World) => {
  const all = connectorsOf(sandbox);
  return all.length === 1 ? all[0] : undefined;
};
const isPublished = ({ sandbox }: World) => textsOf(sandbox).filter((text) => text === CODE).length === 1;

const server = 'cloudflare';

const create = {
  server,
  inputs: { mode: 'create' },
  isReached: (world: World) => only(world)?.verification.status === 'pending',
  outputs: { created: 'true', changed: 'true', state: 'awaiting-dns', enabled: 'false' },
} as const;

const publish = {
  server,
  inputs: { mode: 'publish-dns' },
  arrange: seeded('awaiting'),
  isReached: isPublished,
  outputs: { changed: 'true', state: 'awaiting-dns', 'verification-code': CODE },
} as const;

const preflight = {
  server,
  inputs: { mode: 'preflight' },
  arrange: seededAfterSignIn('verified', { published: true }),
  isReached: () => true,
  outputs: { changed: 'false', state: 'verified', enabled: 'false' },
} as const;

const enable = {
  server,
  inputs: { mode: 'enable' },
  arrange: seededAfterSignIn('awaiting', { published: true }),
  isReached: (world: World) => only(world)?.enabled === true,
  outputs: { changed: 'true', state: 'enabled', enabled: 'true', 'verification-status': 'verified' },
} as const;

const check = {
  server,
  inputs: { mode: 'check' },
  arrange: seeded('verified', { enabled: true, published: true }),
  isReached: () => true,
  outputs: { changed: 'false', state: 'enabled', enabled: 'true', drift: 'false' },
} as const;

const disable = {
  server,
  inputs: { mode: 'disable' },
  arrange: seeded('verified', { enabled: true, published: true }),
  isReached: (world: World) => only(world)?.enabled === false,
  outputs: { changed: 'true', state: 'verified', enabled: 'false' },
} as const;

const remove = {
  server,
  inputs: { mode: 'delete' },
  arrange: seeded('awaiting'),
  isReached: ({ sandbox }: World) => connectorsOf(sandbox).length === 0,
  outputs: { changed: 'true', state: 'absent' },
} as const;

const cloudflareCalls: readonly Call[] = [
  { ...create, ...LIST, name: 'create: list connectors' },
  { ...create, ...CREATE, name: 'create: make connector', after: [LIST] },
  {
    ...create,
    ...BEGIN,
    name: 'create: begin verification again',
    after: [LIST],
    arrange: seeded('failed'),
    outputs: { created: 'false', changed: 'true', state: 'awaiting-dns' },
  },
  {
    ...create,
    ...CHANGE,
    name: 'create: change language',
    after: [LIST],
    inputs: { mode: 'create', 'use-fedramp-language': 'true' },
    arrange: seeded('awaiting'),
    isReached: (world) => only(world)?.use_fedramp_language === true,
    outputs: { created: 'false', changed: 'true', state: 'awaiting-dns' },
  },
  { ...publish, ...LIST, name: 'publish-dns: list connectors' },
  { ...publish, ...ZONES, name: 'publish-dns: find zone', after: [LIST] },
  { ...publish, ...RECORDS, name: 'publish-dns: list records', after: [ZONES] },
  { ...publish, ...ADD_RECORD, name: 'publish-dns: add record', after: [RECORDS] },
  {
    ...LIST,
    server,
    name: 'wait-for-dns: list connectors',
    inputs: { mode: 'wait-for-dns' },
    arrange: seeded('awaiting', { published: true }),
    isReached: isPublished,
    outputs: { changed: 'false', state: 'verifying', 'dns-visible': 'true' },
  },
  { ...preflight, ...LIST, name: 'preflight: list connectors' },
  ...preflightCalls(preflight, seeded('verified', { published: true })),
  { ...enable, ...LIST, name: 'enable: list connectors' },
  {
    ...enable,
    ...GET,
    name: 'enable: get connector, by ID',
    inputs: { mode: 'enable', 'connector-id': ID },
    arrange: seededAfterSignIn('verified', { published: true }),
  },
  ...enableGuardCalls(enable, LIST),
  { ...enable, ...BEGIN, name: 'enable: begin verification', after: GUARD_READS },
  { ...enable, ...GET, name: 'enable: get connector, polled', after: [...GUARD_READS, BEGIN] },
  {
    ...enable,
    ...CHANGE,
    name: 'enable: enable',
    arrange: seededAfterSignIn('verified', { published: true }),
    after: GUARD_READS,
  },
  {
    ...enable,
    ...APPS,
    name: 'enable: name application',
    skip: 1,
    after: [...GUARD_READS, CHANGE],
    isKnown: ({ outputs }) => outputs['sso-app-id'] !== undefined,
  },
  ...confirmedCalls(seededAfterSignIn('verified', { published: true })),
  { ...check, ...LIST, name: 'check: list connectors' },
  ...checkGuardCalls(check, LIST),
  { ...disable, ...LIST, name: 'disable: list connectors' },
  { ...disable, ...CHANGE, name: 'disable: disable', after: [LIST] },
  {
    ...disable,
    ...CHANGE,
    name: 'disable: disable, by ID',
    inputs: { mode: 'disable', 'email-domain': '', 'connector-id': ID },
  },
  { ...remove, ...LIST, name: 'delete: list connectors' },
  { ...remove, ...DELETE, name: 'delete: delete', after: [LIST] },
];

/** The rows. */
export const CALLS: readonly Call[] = [
  ...cloudflareCalls,
  ...githubCalls(seeded('verified', { published: true })),
];

/** Outputs that contradict the servers; empty if none do. */
export function falseOutputs({ outputs }: StepResult, world: World): readonly string[] {
  const connector = only(world);
  const { state, enabled } = outputs;
  const status = connector?.verification.status;
  const unverified = ['awaiting-dns', 'verifying', ...(status === 'verified' ? ['verified'] : [])];
  const states = connector === undefined ? ['absent'] : connector.enabled ? ['enabled'] : unverified;
  const problems: string[] = [];
  if (state !== undefined && !states.includes(state)) problems.push(`state ${state}, but it is ${states}`);
  if (enabled !== undefined && enabled !== String(connector?.enabled)) {
    problems.push(`enabled ${enabled}, but it is ${connector?.enabled}`);
  }
  const id = outputs['connector-id'];
  // Without a state, it names the connector, but does not say that it exists.
  if (id !== undefined && state !== undefined && id !== connector?.id)
    problems.push(`connector ${id}, but it is ${connector?.id}`);
  return problems;
}
