import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { Members } from '../../src/cloudflare/members.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { failure, startApiServer, success } from '../fakes/api-server.ts';
import { ACCOUNT_ID } from '../samples/results.ts';

type Setup = Pick<ReturnType<typeof clientOf>, 'client' | 'clock'>;

function membersOf({ client, clock }: Setup, accountId = ACCOUNT_ID): Members {
  return new Members(client, accountId, clock);
}

const SUPER = { name: 'Super Administrator - All Privileges' };

/** What becomes of these members, as Cloudflare sends them. */
async function acceptedAmong(...members: readonly object[]) {
  await using server = await startApiServer(success(members));
  using setup = clientOf(server.apiUrl);
  return await membersOf(setup).accepted();
}

async function one(member: object) {
  const [first] = await acceptedAmong(member);
  return first;
}

describe('accepted', () => {
  it('says domain and rights of each, and nothing about the person', async () => {
    const members = await acceptedAmong({
      id: '4536bcfad5faccb111b47003c79917fa',
      email: 'zoe.quill@example.com',
      status: 'accepted',
      user: { id: 'u1', email: 'zoe.quill+admin@EXAMPLE.com', first_name: 'Zoe', last_name: 'Quill' },
      roles: [{ id: 'r1', ...SUPER, permissions: {} }],
    });
    expect(members).toEqual([
      { emailDomain: 'example.com', isPlusAddress: true, isSuperAdministrator: true },
    ]);
    expect(JSON.stringify(members)).not.toMatch(/@|zoe|quill/i);
  });

  it('asks for those who have accepted, in large pages', async () => {
    const page = Array.from({ length: 50 }, () => ({ user: { email: 'a@example.com' } }));
    await using server = await startApiServer(
      success(page, { page: 1, total_count: 51 }),
      success(page.slice(0, 1), { page: 2, total_count: 51 }),
    );
    using setup = clientOf(server.apiUrl);
    expect(await membersOf(setup).accepted()).toHaveLength(51);
    const path = `/accounts/${ACCOUNT_ID}/members?status=accepted&per_page=50`;
    expect(server.requests.map((request) => request.path)).toEqual([path, `${path}&page=2`]);
  });

  it.each<[string, object, string]>([
    ['the user', { user: { email: 'a@one.example' }, email: 'a@two.example' }, 'one.example'],
    [
      'the membership where the user has none',
      { user: { email: null }, email: 'a@two.example' },
      'two.example',
    ],
    ['the membership where there is no user', { email: 'a@two.example' }, 'two.example'],
    ['nobody', { user: null }, ''],
  ])('takes the address of %s', async (_, member, emailDomain) => {
    expect(await one(member)).toMatchObject({ emailDomain });
  });

  it.each(['x@example.com.evil.test', 'x@notexample.com', 'x@example.com/evil.test'])(
    'does not take %j for somebody of example.com',
    async (email) => {
      expect((await one({ email }))?.emailDomain).not.toBe('example.com');
    },
  );

  const allow = { access: 'allow', permission_groups: [{ id: 'g1' }, SUPER] };
  it.each<[string, object, boolean]>([
    ['a role', { roles: [{ name: 'Billing' }, SUPER] }, true],
    ['a policy', { roles: [], policies: [{ permission_groups: [] }, allow] }, true],
    ['a policy that does not say what it does', { policies: [{ permission_groups: [SUPER] }] }, true],
    ['no policy that denies', { policies: [{ ...allow, access: 'deny' }] }, false],
    ['no other role', { roles: [{ name: 'Administrator' }, { name: 'super administrator' }] }, false],
    ['no role without a name', { roles: [{ id: 'r1' }, { name: null }] }, false],
    ['nothing at all', { roles: null, policies: null }, false],
  ])('knows a super administrator by %s', async (_, rights, isSuperAdministrator) => {
    expect(await one({ email: 'a@example.com', ...rights })).toMatchObject({ isSuperAdministrator });
  });

  it('is read once for many email domains, and again after a minute', async () => {
    await using server = await startApiServer(success([]));
    using setup = clientOf(server.apiUrl);
    const members = membersOf(setup);
    await Promise.all([members.accepted(), members.accepted()]);
    await members.accepted();
    expect(server.requests).toHaveLength(1);
    await setup.clock.sleep(60_001);
    await members.accepted();
    expect(server.requests).toHaveLength(2);
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(membersOf(setup).accepted(), CloudflareApiError);
    expect(error.permission).toBe('Account Settings: Read');
    expect(error.hint).toContain('"Account Settings: Read"');
  });
});

describe('the members of the sandbox', () => {
  it('are those who have accepted, over all pages', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ email: `m${index}@example.com`, roles: [] }));
    const members = [
      { email: 'zoe+x@Example.com' },
      { email: 'new@example.com', status: 'pending' as const },
      ...many,
      { email: 'safe@other.example', roles: [], permissionGroups: [SUPER.name] },
    ];
    await using sandbox = await startSandbox({ account: { members } });
    using setup = clientOf(sandbox.apiUrl, { apiToken: sandbox.apiToken });
    const accepted = await membersOf(setup, sandbox.accountId).accepted();
    const usual = { emailDomain: 'example.com', isPlusAddress: false, isSuperAdministrator: false };
    expect(accepted).toEqual([
      { ...usual, isPlusAddress: true, isSuperAdministrator: true },
      ...many.map(() => usual),
      { ...usual, emailDomain: 'other.example', isSuperAdministrator: true },
    ]);
  });
});
