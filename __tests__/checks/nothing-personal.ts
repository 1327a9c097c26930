import { expect } from 'vitest';
import type { Sandbox } from '../../sandbox/index.ts';
import type { StepResult } from '../../sandbox/runner.ts';

/**
 * Sees that a step wrote nothing about a person: no address of a member or of somebody who signed in, no part of one
 * before the `@`, and no IP address that somebody signed in from, neither as it is nor as a URL or HTML writes it.
 */
export function expectNothingPersonal(
  { stdout, stderr, outputs, summary }: Pick<StepResult, 'stdout' | 'stderr' | 'outputs' | 'summary'>,
  { api, accountId }: Sandbox,
): void {
  const { members } = api.store.account(accountId);
  const signIns = api.signIns.entries(accountId);
  const addresses = [...members.map(({ email }) => email), ...signIns.map(({ user_email }) => user_email)];
  const localParts = addresses.map((address) => address.slice(0, address.lastIndexOf('@')));
  const personal = [
    ...localParts.flatMap((part) => ['@', '%40', '&#64;'].map((at) => `${part}${at}`)),
    ...signIns.map(({ ip_address }) => ip_address),
  ].map((text) => text.toLowerCase());
  const written = { stdout, stderr, summary, outputs: Object.values(outputs).join('\n') };
  for (const [where, text] of Object.entries(written)) {
    const found = personal.filter((one) => text.toLowerCase().includes(one));
    expect(found, where).toEqual([]);
  }
}
