/**
 * Stands in for `@actions/exec`, which `@actions/core` imports at its top for `platform.getDetails()` alone. This action
 * starts no program, and without it every start is spared `@actions/io`, `child_process` and what they load.
 */

/** Never called: nothing here asks for details of the platform. */
export function getExecOutput() {
  throw new Error('this build has no @actions/exec: it starts no program');
}
