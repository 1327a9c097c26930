/** Every complete workflow, run twice by act, a runner that GitHub's own library has no part in. */
import { networkInterfaces } from 'node:os';
import { env } from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { type ActRun, type ActWorld, startActWorld } from '../real/act.ts';
import { readAllWorkflows } from '../real/example-workflows.ts';

const { ACT: act = '' } = env;
const workflows = await readAllWorkflows();

const OCTODNS = `---
'':
  type: TXT
  value: v=spf1 -all
`;
const BIND = `$ORIGIN example.com.
$TTL 300
@  IN SOA ns1 hostmaster 2024010101 3600 600 604800 60
   IN NS  ns1
   IN TXT "v=spf1 -all"
ns1 IN A  192.0.2.53
`;

let world: ActWorld;

beforeEach(async () => {
  world = await startActWorld(act);
});

afterEach(() => world[Symbol.asyncDispose]());

/** One way to use a workflow. */
interface Case {
  readonly name: string;
  readonly inputs?: () => Readonly<Record<string, string>>;
  /** What is there before the first run. */
  readonly given?: () => Promise<void> | void;
  /** Each connector after the first run, and whether it is enabled. */
  readonly connectors: Readonly<Record<string, boolean>>;
  /** What the stand-ins are asked to do in the first run, and each time again, pull requests aside, if `again`. */
  readonly asked?: { readonly first: readonly RegExp[]; readonly again: boolean };
  /** How many issues are open after the first run. */
  readonly openIssues?: number;
  /** What the second run sends to Cloudflare although there is nothing to change. */
  readonly sentAgain?: readonly string[];
}

const DOMAINS = ['example.com', 'example.net', 'example.org'];
const ENABLED = { 'example.com': true };
const DISABLED = { 'example.com': false };

const CASES: readonly Case[] = [
  {
    name: 'break-glass-disable.yml',
    given: () => seed('example.com', true),
    inputs: () => ({ 'connector-id': world.sandbox.api.store.all()[0]?.id ?? '' }),
    connectors: DISABLED,
    asked: { first: [/^gh workflow disable enable-when-visible.yml /, /^gh api .*\/runs/], again: true },
    // It believes nothing that it reads, in an emergency.
    sentAgain: ['PATCH'],
  },
  { name: 'cloudflare-zone-in-one-step.yml', connectors: ENABLED },
  ...['octodns', 'bind'].map((tool) => ({
    name: 'create-and-open-dns-pr.yml',
    inputs: () => ({ 'dns-tool': tool }),
    given: () => world.commit({ 'zones/example.com.yaml': OCTODNS, 'zones/db.example.com': BIND }),
    connectors: DISABLED,
    asked: { first: [/^pull request cloudflare-sso\/example.com: zones\/(db.)?example.com/], again: false },
  })),
  {
    name: 'drift-check.yml',
    given: () => {
      addZone('example.net');
      seed('example.com', true);
      seed('example.net', false);
    },
    connectors: { 'example.com': true, 'example.net': false },
    openIssues: 1,
  },
  {
    name: 'enable-with-confirmation.yml',
    given: () => {
      seed('example.com', false);
      signInOnceEnabled();
    },
    connectors: ENABLED,
  },
  { name: 'enable-when-visible.yml', given: () => seed('example.com', false), connectors: ENABLED },
  {
    name: 'many-domains-matrix.yml',
    given: async () => {
      for (const domain of DOMAINS.slice(1)) addZone(domain);
      await world.commit(Object.fromEntries(DOMAINS.map((domain) => [`zones/${domain}.yaml`, OCTODNS])));
    },
    connectors: Object.fromEntries(DOMAINS.map((domain) => [domain, false])),
    asked: {
      first: DOMAINS.map((domain) => new RegExp(`^pull request .*: zones/${domain}.yaml$`)),
      again: false,
    },
  },
  {
    name: 'terraform.yml',
    given: () => world.commit({ 'terraform/main.tf': '# as in examples/terraform' }),
    connectors: DISABLED,
    asked: {
      first: [
        /^terraform init/,
        /^terraform plan .*-out=tfplan$/,
        /^terraform init/,
        /^terraform apply .*tfplan$/,
        /^terraform applied the plan of job plan, /,
        /^pull request cloudflare-sso\/terraform: .*\.lock\.hcl .*-ids\..* .*-txt\./,
      ],
      again: true,
    },
  },
  {
    name: 'connect.yml',
    given: () => seed('example.com', false),
    connectors: ENABLED,
  },
  {
    name: 'README.md',
    given: () => {
      signInOnceEnabled();
      return world.commit({ 'zones/db.example.com': BIND });
    },
    connectors: ENABLED,
    asked: { first: [/^pull request cloudflare-sso: zones\/db.example.com$/], again: false },
  },
  { name: 'docs/workflows.md', given: () => seed('example.com', false), connectors: ENABLED },
];

function addZone(origin: string): void {
  world.sandbox.addZone({ origin, nameServers: [`ns1.${origin}`], records: [] });
}

/** Somebody signs in right after Cloudflare has enabled a connector, before its answer arrives. */
function signInOnceEnabled(): void {
  const { sandbox } = world;
  const before = () => {
    sandbox.playSignIn({ email: 'kim@example.com' });
  };
  const fault = { kind: 'last-of-connection', before } as const;
  sandbox.api.faults.add({ method: 'PATCH', path: /sso_connectors/, carryOut: true, fault });
}

/** A verified connector with its record. */
function seed(emailDomain: string, isEnabled: boolean): void {
  const connector = { emailDomain, status: 'verified', enabled: isEnabled } as const;
  world.sandbox.publishTxt(emailDomain, world.sandbox.seedConnector(connector).verification.code);
}

/** The workflow that the first lines of connect.yml show, led to the sandbox, which connect.yml hands on. */
function callerOf(connect: string): string {
  const lines = [...connect.matchAll(/^# {3}(.*)$/gm)].map(([, line = '']) => line);
  const caller = parseDocument(lines.join('\n'));
  for (const input of ['resolvers', 'authoritative-servers']) {
    caller.setIn(['jobs', 'connect', 'with', input], world.defaults[input]);
  }
  return String(caller);
}

function runCase({ name, inputs }: Case): Promise<ActRun> {
  const found = workflows.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`there is no workflow ${name}`);
  const text = name === 'connect.yml' ? callerOf(found.text) : found.text;
  const { on } = parse(text) as { readonly on: string | Readonly<Record<string, unknown>> };
  const [event = ''] = typeof on === 'string' ? [on] : Object.keys(on);
  return world.run(text, { event, ...(inputs && { inputs: inputs() }) });
}

/** What has been sent to Cloudflare and GitHub to change something. */
function sent(): string[] {
  const all = [...world.sandbox.api.requests, ...world.github.requests];
  return all.map(({ method }) => method).filter((method) => method !== 'GET');
}

/** Everything that a run could change; a connector becomes verified by itself. */
async function seen() {
  const { sandbox, github } = world;
  return {
    connectors: sandbox.api.store
      .all()
      .map(({ email_domain: domain, id, enabled }) => ({ domain, id, enabled })),
    issues: github.issues.all().map(({ state, body }) => ({ state, body })),
    repository: await world.repository(),
  };
}

/** Fails with the messages of the run, in which the reason is. */
function expectSuccess({ exitCode, results, log }: ActRun): void {
  const failed = results.filter(([, result]) => result === 'failure');
  expect({ exitCode, failed }, log).toEqual({ exitCode: 0, failed: [] });
  expect(results.length, log).toBeGreaterThan(0);
}

describe('act', () => {
  it('is in a network without a way out', () => {
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    expect(addresses.filter(({ internal }) => !internal)).toEqual([]);
  });

  it('runs every complete workflow', () => {
    const names = CASES.map(({ name }) => name);
    expect(workflows.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(CASES)('runs $name, and the second time nothing changes', async (one) => {
    await one.given?.();
    const first = await runCase(one);
    expectSuccess(first);
    const { connectors, issues } = await seen();
    expect(Object.fromEntries(connectors.map((seenOne) => [seenOne.domain, seenOne.enabled]))).toEqual(
      one.connectors,
    );
    expect(issues.filter(({ state }) => state === 'open')).toHaveLength(one.openIssues ?? 0);
    const commands = first.asked.filter((line) => /^(gh|terraform|pull request) /.test(line));
    expect(commands).toEqual((one.asked?.first ?? []).map((pattern) => expect.stringMatching(pattern)));

    const [before, count] = [await seen(), sent().length];
    const second = await runCase(one);
    expectSuccess(second);
    expect(await seen()).toEqual(before);
    expect(sent().slice(count)).toEqual(one.sentAgain ?? []);
    // Merged pull requests are not opened again.
    const lasting = first.asked.filter((line) => !line.startsWith('pull request '));
    expect(second.asked).toEqual(one.asked?.again ? lasting : []);
    const changes = second.outputs.flatMap(({ changed }) => changed ?? []);
    expect(new Set(changes)).toEqual(new Set([String(one.sentAgain !== undefined)]));
  });
});
