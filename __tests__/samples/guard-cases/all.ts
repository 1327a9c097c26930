import type { GuardCase } from './guard-case.ts';
import { APP } from './sso-app.ts';
import { MEMBERS, TOKENS, WAY_BACK } from './token-and-members.ts';
import { PROVIDERS, SIGN_INS, ZERO_TRUST } from './zero-trust.ts';

/** Every guard with every verdict that it can give. */
export const GUARD_CASES: readonly GuardCase[] = [
  ...ZERO_TRUST,
  ...PROVIDERS,
  ...SIGN_INS,
  ...TOKENS,
  ...WAY_BACK,
  ...MEMBERS,
  ...APP,
];
