import * as core from '@actions/core';

/** As `using: node24` in action.yml has it. */
const NEEDED_MAJOR = 24;
/** https://github.com/actions/runner/releases/tag/v2.327.1 brought node24. */
const RUNNER_VERSION = '2.327.1';

/**
 * Whether the Node.js that runs this can run the action; if not, the step fails with one line. Uses only what every
 * older Node.js has as well.
 */
export function hasSupportedNode(version = process.versions.node): boolean {
  if (Number(version.split('.')[0]) >= NEEDED_MAJOR) return true;
  core.setFailed(
    `This action needs Node.js ${NEEDED_MAJOR} and was started with Node.js ${version}. Use runner ${RUNNER_VERSION} or newer.`,
  );
  return false;
}
