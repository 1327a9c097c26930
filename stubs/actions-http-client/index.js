/**
 * Stands in for `@actions/http-client` in `@actions/core`, which imports it at its top for `getIDToken()` alone. Nothing
 * here asks the runner for an ID token, and without it a step that sends no HTTP request loads neither `http` nor `tls`.
 */

/** Never made: only a request for an ID token needs one. */
export class HttpClient {
  constructor() {
    throw new Error('this build asks for no ID token: @actions/core has no HTTP client');
  }
}

/** Never made, as {@link HttpClient}. */
export class BearerCredentialHandler {
  constructor() {
    throw new Error('this build asks for no ID token: @actions/core has no HTTP client');
  }
}
