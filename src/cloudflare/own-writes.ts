import type { SsoConnector } from '../domain/connector.ts';
import { RequestError } from '../domain/errors.ts';
import { READ_LAG_MS, type ReadServices, readUntil } from '../http/change.ts';
import type { Listing } from './connector-schema.ts';

/** Whether a read shows a write; `undefined` is a connector that is not there. */
export type IsShownBy = (seen: SsoConnector | undefined) => boolean;

interface Written {
  /** Until when a read that shows something else is read again, in milliseconds since the epoch. */
  readonly untilMs: number;
  readonly isShownBy: IsShownBy;
}

/**
 * What this run has written to connectors, or may have. Reads may lag behind writes, so a read that contradicts one is
 * repeated for {@link READ_LAG_MS} before it is believed.
 */
export class OwnWrites {
  readonly #services: ReadServices;
  readonly #written = new Map<string, Written>();

  constructor(services: ReadServices) {
    this.#services = services;
  }

  /** From now on, reads are expected to show this. */
  expect(connectorId: string, isShownBy: IsShownBy): void {
    this.#written.set(connectorId, { untilMs: this.#caughtUpMs(), isShownBy });
  }

  /** Sends a write; unless it is certainly without effect, later reads are expected to show it. */
  async sending<T>(connectorId: string, send: () => Promise<T>, isShownBy: IsShownBy): Promise<T> {
    try {
      const answer = await send();
      this.expect(connectorId, isShownBy);
      return answer;
    } catch (error) {
      const isWithoutEffect = error instanceof RequestError && error.retryability !== 'ambiguous';
      if (!isWithoutEffect) this.expect(connectorId, isShownBy);
      throw error;
    }
  }

  /** Reads one connector. */
  read<T extends { readonly seen: SsoConnector | undefined }>(
    connectorId: string,
    look: () => Promise<T>,
  ): Promise<T> {
    const written = this.#written.get(connectorId);
    const isExpected = ({ seen }: T): boolean => written?.isShownBy(seen) ?? true;
    return readUntil(look, isExpected, written?.untilMs ?? 0, this.#services);
  }

  /** Reads the list, for the connectors of one email domain. */
  readList(list: () => Promise<readonly Listing[]>, emailDomain: string): Promise<readonly Listing[]> {
    const untilMs = Math.max(0, ...this.#written.values().map((one) => one.untilMs));
    const isExpected = (all: readonly Listing[]): boolean =>
      this.#written.entries().every(([connectorId, { isShownBy }]) => {
        const seen = all.find(({ connector }) => connector?.id === connectorId)?.connector;
        return (seen !== undefined && seen.emailDomain !== emailDomain) || isShownBy(seen);
      });
    return readUntil(list, isExpected, untilMs, this.#services);
  }

  /** Reads until something is there that may be new. */
  readNew<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    return readUntil(look, (seen) => seen !== undefined, this.#caughtUpMs(), this.#services);
  }

  /** When reads show what is written now. */
  #caughtUpMs(): number {
    const { clock, readLagMs = READ_LAG_MS } = this.#services;
    return clock.now() + readLagMs;
  }
}
