import { randomBytes } from 'node:crypto';

/** Cloudflare's name for the role, and for the permission group, that may do everything in an account. */
export const SUPER_ADMINISTRATOR = 'Super Administrator - All Privileges';

/** A member to add to an account. */
export interface MemberSeed {
  readonly email: string;
  /** Names of roles; default: {@link SUPER_ADMINISTRATOR}. */
  readonly roles?: readonly string[];
  /** Names of the permission groups that the member's policies allow; default: the roles. */
  readonly permissionGroups?: readonly string[];
  /** Default: accepted. */
  readonly status?: MemberStatus;
}

/** Whether a member has accepted the invitation. */
export type MemberStatus = 'accepted' | 'pending' | 'rejected';

/** A member with the field names of the API (Accounts > Members). */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly status: MemberStatus;
  readonly user: {
    /** Null for somebody who has no user yet. */
    readonly id: string | null;
    readonly email: string;
    readonly first_name: string | null;
    readonly last_name: string | null;
    readonly two_factor_authentication_enabled: boolean;
  };
  readonly roles: readonly object[];
  readonly policies: readonly object[];
}

const newId = () => randomBytes(16).toString('hex');

function role(name: string) {
  return { id: newId(), name, description: name, permissions: {} };
}

function policy(accountId: string, permissionGroups: readonly string[]) {
  const objects = [{ key: '*' }];
  return {
    id: newId(),
    access: 'allow',
    permission_groups: permissionGroups.map((name) => ({ id: newId(), name, meta: {} })),
    resource_groups: [
      {
        id: newId(),
        name: 'entire account',
        scope: { key: `com.cloudflare.api.account.${accountId}`, objects },
      },
    ],
  };
}

/** Makes a member of this account. */
export function createMember(accountId: string, seed: MemberSeed): Member {
  const { email, roles = [SUPER_ADMINISTRATOR], permissionGroups = roles, status = 'accepted' } = seed;
  return {
    id: newId(),
    email,
    status,
    user: {
      id: status === 'accepted' ? newId() : null,
      email,
      first_name: null,
      last_name: null,
      two_factor_authentication_enabled: false,
    },
    roles: roles.map(role),
    policies: permissionGroups.length > 0 ? [policy(accountId, permissionGroups)] : [],
  };
}
