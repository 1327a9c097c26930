import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

/** A file that somebody wrote, and the step that is to add the record to it. */
interface Case {
  readonly path: string;
  readonly text: string;
  readonly emailDomain?: string;
  readonly zone?: string;
}

/** What the file has at the end that it did not have, each byte a character; `CODE` is the verification code. */
interface Added extends Case {
  readonly added: readonly string[];
  /** What the new text takes the place of. */
  readonly removed?: readonly string[];
}

/** Line and column, and facts of the error. */
interface Refused extends Case {
  readonly place: string;
  readonly says: readonly string[];
}

const CORP = 'corp.example.com';
const BARE = '$TTL 3600\n@ IN SOA ns1 host (1 7200 3600 1209600 3600)\n@ IN NS ns1\nns1 IN A 192.0.2.1\n';
const SERIAL = { removed: ['(1 7200'], added: ['(2 7200', '\nexample.com. IN TXT "CODE"\n'] };

const added: readonly Added[] = [
  ...[
    'db.external',
    'example.zone',
    'forward.db',
    'zones.txt',
    'example-com.zone',
    '01-example.com.zone',
  ].map((path) => ({ path, text: BARE, ...SERIAL })),
  {
    path: 'soa.inc',
    zone: 'example.com',
    text: '$TTL 3600\n@ IN SOA ns1 host (1 7200 3600 1209600 3600)\n',
    removed: ['(1 7200'],
    added: ['(2 7200', '\n@ IN TXT "CODE"\n'],
  },
  {
    path: 'no-ttl.example.com.zone',
    text: `example.com. 86400 IN SOA ns1.example.com. host.example.com. 2014050602 43200 3600 1209600 180
example.com. 86400 IN NS ns1.example.com.
ns1.example.com. 1800 IN A 192.0.2.1
`,
    removed: ['2014050602'],
    added: ['\nexample.com. 86400 IN TXT "CODE"\n'],
  },
  {
    path: 'latin1-comment.example.com.zone',
    text: BARE.replace('\n', '\n; f\xfcr uns\n'),
    ...SERIAL,
    added: [...SERIAL.added, '; f\xfcr uns\n'],
  },
  {
    path: 'example.com._0_base.yaml',
    text: "'':\n  - type: TXT\n    values:\n    - v=spf1 -all\n",
    added: ['    - v=spf1 -all\n    - CODE\n'],
  },
  {
    path: 'octodns-indent.example.com.yaml',
    zone: 'example.com',
    text: "---\n'':\n  type: A\n  value: 192.0.2.1\nwww:\n  - type: A\n    value: 192.0.2.1\n",
    removed: ["'':\n  type: A\n"],
    added: ["'':\n  - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: CODE\nwww:\n"],
  },
];

const refused: readonly Refused[] = [
  {
    path: 'wildcard-mx.example.com.zone',
    emailDomain: CORP,
    text: `$ORIGIN example.com.\n${BARE}@ IN MX 10 mx.example.net.\n* IN MX 10 mx.example.net.\n`,
    place: ':7:1',
    says: ['(MX)', '*.example.com'],
  },
  {
    path: 'guess-cname-zone',
    emailDomain: CORP,
    text: `${BARE}corp IN CNAME ns1\n`,
    place: ':5:1',
    says: ['CNAME', 'record-zone'],
  },
  {
    path: 'cloudflare-export-2016.example.com',
    text: `$ORIGIN .
@	3600	IN	SOA	example.com.	root.example.com.	( 2020722408 7200 3600 86400 3600 )
example.com.	300	IN	NS	ns1.example.net.
example.com.	300	IN	TXT	"v=spf1 mx -all"
`,
    place: ':2:1',
    says: ['SOA', 'root'],
  },
];

let sandbox: Sandbox;
let workspace: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
});

afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

async function write({ path, text }: Case): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text, 'latin1');
}

const read = ({ path }: Case) => readFile(join(workspace, path), 'latin1');

function create({ path, emailDomain = 'example.com', zone = '' }: Case) {
  return runStep({
    with: {
      mode: 'create',
      'email-domain': emailDomain,
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'record-format': path.endsWith('.yaml') ? 'octodns' : 'bind',
      'record-file': path,
      'record-zone': zone,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    workspace,
  });
}

describe('a file that people keep', () => {
  it.each(added)('gets the record, once: $path', async (one) => {
    await write(one);
    const first = await create(one);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const after = await read(one);
    const code = first.outputs['verification-code'] ?? '';
    for (const text of one.added) expect(after).toContain(text.replace('CODE', code));
    for (const text of one.removed ?? []) expect(after).not.toContain(text);
    expect(await create(one)).toMatchObject({ exitCode: 0 });
    expect(await read(one)).toBe(after);
  });

  it.each(refused)('stays as it is, and no connector is made: $path', async (one) => {
    await write(one);
    const { exitCode, stdout } = await create(one);
    expect(exitCode).toBe(1);
    for (const fact of [`${one.path}${one.place}: `, ...one.says]) expect(stdout).toContain(fact);
    expect(await read(one)).toBe(one.text);
    expect(sandbox.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is not said to hold a zone that its name only looks like', async () => {
    const one = { path: 'soa.inc', emailDomain: CORP, text: `${BARE}corp IN CNAME ns1\n` };
    await write(one);
    const { exitCode, stdout } = await create(one);
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('zone soa.inc');
  });
});
