import type { GitHubApi } from '../../sandbox/github/github-api.ts';
import type { Sandbox } from '../../sandbox/index.ts';

/** Inputs and variables of a step that uses both servers: addresses, credentials, `example.com`. */
export function stepAt(sandbox: Sandbox, github: GitHubApi) {
  return {
    with: {
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'github-token': github.token,
    },
    env: {
      CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
      CLOUDFLARE_API_TOKEN: sandbox.apiToken,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: github.repository,
    },
  };
}
