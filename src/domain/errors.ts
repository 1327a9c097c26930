import { inspect } from 'node:util';

/** What an {@link ActionError} can hold in addition to its message. */
export interface ErrorDetails {
  /** What to do next, as a complete sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** A shell command that does by hand what failed; the last line of the log. */
  readonly command?: string | undefined;
}

/**
 * An error for the person who reads the log: the message says what failed and what was seen, the hint says what to
 * do. Neither ever holds a header, a token or a raw body.
 */
export class ActionError extends Error {
  readonly hint: string | undefined;
  readonly command: string | undefined;

  constructor(message: string, { hint, cause, command }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.command = command;
    this.name = new.target.name;
  }
}

/** An action input is missing or wrong; nothing has been sent. */
export class InputError extends ActionError {}

/** DNS could not be asked, or its answer ends the work. */
export class DnsError extends ActionError {}

/** A wait used up its time, or certainly would. */
export class TimeoutError extends ActionError {}

/** The runner asked the process to stop. */
export class StoppedError extends ActionError {}

/** Whether a failed request may have taken effect, and so whether it may be sent again. */
export type Retryability =
  /** It had no effect; it is always safe to send it again. */
  | 'not-carried-out'
  /** It may have taken effect; only a request without side effects may simply be sent again. */
  | 'ambiguous'
  /** It would fail again in the same way. */
  | 'permanent';

/** A request failed; its sender may have to decide what to do. */
export abstract class RequestError extends ActionError {
  readonly retryability: Retryability;
  /** How long the server asks to wait before the next request, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    details: ErrorDetails & { retryability: Retryability; retryAfterMs?: number | undefined },
  ) {
    super(message, details);
    this.retryability = details.retryability;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** A change was refused after an attempt of it got no answer: it may have been carried out. The cause is the refusal. */
export class OutcomeUnknownError extends RequestError {
  constructor(refusal: RequestError) {
    super(`${refusal.message} An earlier attempt got no answer and may have been carried out.`, {
      hint: refusal.hint,
      cause: refusal,
      retryability: 'ambiguous',
      retryAfterMs: refusal.retryAfterMs,
    });
  }
}

/** Whether the code of a TLS error says that the certificate is not trusted. */
export function isCertificateError(code: unknown): boolean {
  return (
    typeof code === 'string' && (/CERT|SIGNED|ALTNAME|UNABLE_TO/.test(code) || code.startsWith('ERR_TLS_'))
  );
}

/** Turns anything that can be thrown into an {@link ActionError}; one that already is one stays as it is. */
export function toActionError(thrown: unknown): ActionError {
  if (thrown instanceof ActionError) return thrown;
  if (thrown instanceof Error) {
    return new ActionError(`${thrown.name}: ${thrown.message}`, {
      cause: thrown,
      hint: 'This is a bug in the action. Please open an issue with the log of a re-run with debug logging.',
    });
  }
  // Only the kind of an object: its properties may hold anything.
  const shown = Object(thrown) === thrown ? Object.prototype.toString.call(thrown) : inspect(thrown);
  return new ActionError(`Something that is not an error was thrown: ${shown}`, { cause: thrown });
}

/** An error as the lines a person reads: what failed, then what to do. */
export function errorLines(error: ActionError): readonly string[] {
  return error.hint === undefined ? [error.message] : [error.message, error.hint];
}
