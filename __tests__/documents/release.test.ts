import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readDocument } from '../real/documents.ts';

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly name?: string; readonly uses?: string; readonly run?: string }[];
}

const { jobs, defaults } = parse(readDocument('.github/workflows/release.yml')) as {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly defaults: object;
};

/** The jobs that must succeed before a job starts. */
function before(id: string): string[] {
  const needs = [jobs[id]?.needs ?? []].flat();
  return [...needs, ...needs.flatMap(before)];
}

const scriptsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);

describe('release.yml', () => {
  it('runs no package where it may sign or write, and installs none where it writes what is signed', () => {
    const powerful = Object.values(jobs).filter(({ permissions }) =>
      Object.values(permissions).includes('write'),
    );
    expect(powerful).toHaveLength(2);
    for (const job of powerful) expect(scriptsOf(job).join('\n')).not.toMatch(/\b(npm|npx|node)\b|\.ci\//);
    expect(scriptsOf(jobs['describe'] ?? { permissions: {}, steps: [] }).join('\n')).not.toMatch(/\bnpm\b/);
    for (const job of Object.values(jobs)) {
      for (const script of scriptsOf(job)) expect(script).not.toMatch(/npm ci(?! --ignore-scripts)/);
    }
  });

  it('moves the tag of the major version only when everything else has succeeded', () => {
    expect(before('major').sort()).toEqual(
      expect.arrayContaining(Object.keys(jobs).filter((id) => id !== 'major')),
    );
    for (const { run } of jobs['publish']?.steps ?? []) expect(run ?? '').not.toContain('git/refs');
  });

  it('takes an error in a pipe for an error', () => {
    expect(defaults).toEqual({ run: { shell: 'bash' } });
  });
});

const GH = `#!/bin/sh
echo "$*" >> "$FOLDER/asked"
case "$*" in
  "release list"*) cat "$FOLDER/releases" ;;
  *matching-refs*) cat "$FOLDER/refs" ;;
esac
`;

describe('the scripts of release.yml', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'));
    mkdirSync(join(folder, 'bin'));
    write('bin/gh', GH);
    chmodSync(join(folder, 'bin/gh'), 0o755);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(path: string, content: string): void {
    writeFileSync(join(folder, path), content);
  }

  /** Runs the script of a step as GitHub does with `shell: bash`, and returns the requests that change something. */
  function run(job: string, name: string | undefined) {
    const step = jobs[job]?.steps.find((one) => one.run !== undefined && one.name === name);
    const script = step?.run ?? 'exit 99';
    const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
        FOLDER: folder,
        GITHUB_REF_NAME: 'v1.10.0',
        GITHUB_SHA: 'c0ffee',
        GH_REPO: 'octo-org/sso',
      },
      encoding: 'utf8',
    });
    const asked = existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : '';
    const changes = asked.split('\n').filter((line) => /^release (delete|create|edit)|--method/.test(line));
    return { status, stdout, changes: changes.map((line) => line.split(' ').slice(0, 5).join(' ')) };
  }

  const PUBLISH = 'Publish the release, as a draft until it is complete';

  it.each([
    ['nothing', '', ['release create v1.10.0 --draft --verify-tag', 'release edit v1.10.0 --draft=false']],
    [
      'a draft',
      'true\n',
      [
        'release delete v1.10.0 --yes',
        'release create v1.10.0 --draft --verify-tag',
        'release edit v1.10.0 --draft=false',
      ],
    ],
    ['the release', 'false\n', []],
  ])('publish where an earlier run has left %s', (_, releases, changes) => {
    write('releases', releases);
    expect(run('publish', PUBLISH)).toMatchObject({ status: 0, changes });
  });

  it.each([
    ['publish', PUBLISH],
    ['major', undefined],
  ])('do not take an error of gh in the job %s for an answer', (job, name) => {
    write('bin/gh', '#!/bin/sh\nexit 1\n');
    expect(run(job, name)).toMatchObject({ status: 1, changes: [] });
  });

  const MOVED = 'api --silent --method PATCH repos/octo-org/sso/git/refs/tags/v1';

  it('move the tag to the newest release, by number, and only of this major version', () => {
    write('releases', 'v1.9.0\nv2.0.0\nv10.0.0\nv1.2.3\n');
    write('refs', 'refs/tags/v1\nrefs/tags/v1.9.0\n');
    expect(run('major', undefined)).toMatchObject({ status: 0, changes: [MOVED] });
  });

  it('make the tag where there is none yet', () => {
    write('releases', 'v1.10.0\n');
    write('refs', 'refs/tags/v1.10.0\nrefs/tags/v10\n');
    const changes = ['api --silent --method POST repos/octo-org/sso/git/refs'];
    expect(run('major', undefined)).toMatchObject({ status: 0, changes });
  });

  it('leave the tag at a release that is newer', () => {
    write('releases', 'v1.10.0\nv1.11.0\n');
    const { stdout, ...ended } = run('major', undefined);
    expect(ended).toEqual({ status: 0, changes: [] });
    expect(stdout).toContain('v1.11.0');
  });

  const OWNER = 'Check that the placeholder OWNER is replaced';

  it('refuse the placeholder, and also when Git cannot say whether it is there', () => {
    expect(run('describe', OWNER).status).not.toBe(0);
    for (const path of ['docs', 'examples', '.github/workflows']) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    const files = [
      'README.md',
      'SECURITY.md',
      'docs/a.md',
      'examples/a.yml',
      '.github/workflows/connect.yml',
    ];
    for (const path of files) write(path, 'uses: octo-org/cloudflare-dashboard-sso-connector@v1\n');
    const git = (...args: string[]) => spawnSync('git', args, { cwd: folder });
    git('init', '--quiet');
    git('add', ...files);
    expect(run('describe', OWNER).status).toBe(0);
    write('docs/a.md', 'uses: OWNER/cloudflare-dashboard-sso-connector@v1\n');
    expect(run('describe', OWNER).status).toBe(1);
    rmSync(join(folder, 'examples'), { recursive: true });
    git('rm', '--cached', '--quiet', 'examples/a.yml');
    write('docs/a.md', 'uses: octo-org/cloudflare-dashboard-sso-connector@v1\n');
    expect(run('describe', OWNER).status).not.toBe(0);
  });
});
