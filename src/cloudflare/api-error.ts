import { type ErrorDetails, RequestError, type Retryability } from '../domain/errors.ts';

/** One entry of `errors` in Cloudflare's envelope. */
export interface CloudflareMessage {
  readonly code: number;
  readonly message: string;
}

/** Cloudflare's API answered with a refusal or with something unexpected. */
export class CloudflareApiError extends RequestError {
  readonly status: number;
  readonly errors: readonly CloudflareMessage[];
  /** The permission that the token may lack, as the dashboard names it. */
  readonly permission: string | undefined;
  /** The `cf-ray` response header, which Cloudflare support asks for. */
  readonly rayId: string | undefined;

  constructor(
    message: string,
    details: ErrorDetails & {
      retryability: Retryability;
      retryAfterMs?: number | undefined;
      status: number;
      errors: readonly CloudflareMessage[];
      permission?: string | undefined;
      rayId?: string | undefined;
    },
  ) {
    super(message, details);
    this.status = details.status;
    this.errors = details.errors;
    this.permission = details.permission;
    this.rayId = details.rayId;
  }
}
