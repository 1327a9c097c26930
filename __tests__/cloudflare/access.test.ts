import { describe, expect, it } from 'vitest';
import { Access } from '../../src/cloudflare/access.ts';
import { CloudflareApiError } from '../../src/errors.ts';
import { clientOf } from '../support/api-client.ts';
import { failure, startApiServer, success } from '../support/api-server.ts';
import { rejectionOf } from '../support/errors.ts';
import { ACCOUNT_ID } from '../support/samples.ts';

describe('identityProviders', () => {
  it('gives the name and type of each, and nothing of its configuration', async () => {
    await using server = await startApiServer(
      success([
        { id: 'a', name: 'authentik', type: 'oidc', config: { client_secret: 'x' } },
        { id: 'b', name: '', type: 'onetimepin' },
      ]),
    );
    using setup = clientOf(server.apiUrl);
    expect(await new Access(setup.client, ACCOUNT_ID).identityProviders()).toEqual([
      { name: 'authentik', type: 'oidc' },
      { name: '', type: 'onetimepin' },
    ]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /accounts/${ACCOUNT_ID}/access/identity_providers`,
    ]);
  });

  it('gives an empty list when there is none', async () => {
    await using server = await startApiServer(success([]));
    using setup = clientOf(server.apiUrl);
    expect(await new Access(setup.client, ACCOUNT_ID).identityProviders()).toEqual([]);
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(
      new Access(setup.client, ACCOUNT_ID).identityProviders(),
      CloudflareApiError,
    );
    expect(error.hint).toContain('"Access: Organizations, Identity Providers, and Groups: Read"');
    expect(server.requests).toHaveLength(1);
  });
});
