import type { SsoApp, SsoConnector } from './connector.ts';
import { type DnsReport, txtInReport } from './dns-report.ts';
import type { Drift, NotChecked } from './drift.ts';
import type { RequestError } from './errors.ts';
import type { PreflightReport } from './preflight.ts';
import { settle, type UnsettledChange } from './settle.ts';
import { type SsoRecord, withNewText } from './sso-record.ts';
import type { State } from './state.ts';

/** What was last seen of the SSO connector of an email domain. */
export type Sight =
  | { readonly kind: 'unasked' }
  /** Cloudflare was asked, or has deleted it: there is no connector. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'seen'; readonly connector: SsoConnector }
  /** A change was sent and its outcome is unknown; the connector, if there was one, may be out of date. */
  | { readonly kind: 'in-doubt'; readonly connector: SsoConnector | undefined };

/** What the inputs say about an email domain. */
export interface GivenDomain {
  /** `undefined` until the connector that was given by its ID tells it. */
  readonly name: string | undefined;
  readonly verificationCode: string | undefined;
  readonly accountId: string | undefined;
}

/** What Cloudflare's answer to a change shows. */
export interface ChangeOutcome {
  /** The connector as it is now; `undefined` once it is deleted. */
  readonly connector: SsoConnector | undefined;
  /** Whether this run made the change; not so if somebody else was faster. */
  readonly isOurs?: boolean;
  /** Whether this run made the connector. */
  readonly isCreated?: boolean;
}

/** A change of the connector, and how to see whether it was made. */
export interface ConnectorChange {
  send(): Promise<ChangeOutcome>;
  /** The connector as it is after reads have caught up with writes; left out where the change is sent again instead. */
  look?(): Promise<SsoConnector | undefined>;
  /** Whether that is what was sent for. */
  isDone(seen: SsoConnector | undefined): boolean;
  /** Whether a refusal says that there is no such connector. */
  isGone?(refusal: RequestError): boolean;
  /** Whether it makes the connector. */
  readonly isCreation?: boolean;
}

/** What the answer to a change of the zone shows. */
export interface DnsChangeOutcome {
  /** Whether this run made the change; not so if somebody else was faster. */
  readonly isOurs?: boolean;
}

/**
 * All that a run knows about one email domain. Modes work on it; outputs, state, record and summary are derived from
 * it and stored nowhere else.
 */
export class EmailDomain {
  readonly #given: GivenDomain;
  #name: string | undefined;
  #sight: Sight = { kind: 'unasked' };
  #isCreated = false;
  #changed: boolean | undefined = false;
  /** Codes of connectors that were there in this run and are deleted. */
  readonly #deletedCodes = new Set<string>();

  #dns: DnsReport | undefined;
  /** The texts of all TXT records at the name, as authoritative servers last had them, sorted. */
  txtToday: readonly string[] | undefined;
  /** The TXT record in a zone at Cloudflare, once this run has added or found it; its ID if Cloudflare showed it. */
  dnsRecord: { readonly zoneId: string; readonly id: string | undefined } | undefined;
  /** Writes the record as the DNS tool of `record-format` wants it. */
  renderRecord: ((record: SsoRecord) => string) | undefined;
  /** The Access application of the dashboard, once it was looked for and found. */
  ssoApp: SsoApp | undefined;
  /** Whether people could sign in, as last judged; `undefined` if nobody asked. */
  preflight: PreflightReport | undefined;
  /** Whether somebody signed in after this run enabled the connector; `undefined` if it did not wait for that. */
  confirmed: boolean | undefined;
  /** The differences that mode check found; `undefined` if it did not run, or failed. */
  drift: readonly Drift[] | undefined;
  /** What mode check could not read about it. */
  notChecked: readonly NotChecked[] = [];
  /** A wait used up its time; later modes are skipped. */
  timedOut = false;

  constructor(given: GivenDomain) {
    this.#given = given;
    this.#name = given.name;
  }

  /** A-labels, lower case; `undefined` only until a connector given by its ID was seen. */
  get name(): string | undefined {
    return this.#name;
  }

  get accountId(): string | undefined {
    return this.#given.accountId;
  }

  get sight(): Sight {
    return this.#sight;
  }

  /** The connector as last seen; while a change is in doubt it may be out of date. */
  get connector(): SsoConnector | undefined {
    return 'connector' in this.#sight ? this.#sight.connector : undefined;
  }

  /** Cloudflare's code, or else the given one; a connector that is gone has none. */
  get verificationCode(): string | undefined {
    if (this.#sight.kind === 'absent') return undefined;
    return this.connector?.verificationCode ?? this.#given.verificationCode;
  }

  /** Whether this run made the connector; `undefined` if it may have. */
  get created(): boolean | undefined {
    return this.#isCreated || (this.#sight.kind === 'in-doubt' ? undefined : false);
  }

  /** Whether this run changed anything at Cloudflare or in DNS; `undefined` if it may have. */
  get changed(): boolean | undefined {
    return this.#changed;
  }

  /**
   * How far the domain has come; `undefined` while nothing is known, or a change is in doubt. What Cloudflare says
   * counts more than what DNS shows: it may have verified the record long ago.
   */
  get state(): State | undefined {
    const { kind } = this.#sight;
    if (kind === 'in-doubt') return undefined;
    if (kind === 'absent') return 'absent';
    if (this.connector?.enabled) return 'enabled';
    if (this.connector !== undefined && this.connector.enabled === undefined) return undefined;
    if (this.connector?.verificationStatus === 'verified') return 'verified';
    if (this.dns?.visible) return 'verifying';
    return kind === 'seen' || this.verificationCode !== undefined ? 'awaiting-dns' : undefined;
  }

  /** What the last look at DNS found. */
  get dns(): DnsReport | undefined {
    return this.#dns;
  }

  /** The TXT record that proves control of the domain, once name and code are known. */
  get record(): SsoRecord | undefined {
    const { verificationCode, txtToday } = this;
    if (this.#name === undefined || verificationCode === undefined) return undefined;
    return {
      emailDomain: this.#name,
      verificationCode,
      accountId: this.#given.accountId,
      connectorId: this.connector?.id,
      txtValues: txtToday && withNewText(this.#withoutDeleted(txtToday), verificationCode),
    };
  }

  /** The record as the DNS tool of `record-format` wants it. */
  get renderedRecord(): string | undefined {
    return this.record && this.renderRecord?.(this.record);
  }

  /** Takes in what Cloudflare just showed, in place of whatever was seen before. */
  see(connector: SsoConnector | undefined): void {
    this.#name ??= connector?.emailDomain || undefined;
    this.#sight =
      connector === undefined ? { kind: 'absent' } : { kind: 'seen', connector: this.#withCode(connector) };
  }

  /** Takes in a look at DNS; what authoritative servers did not tell stays as it was. */
  seeDns(report: DnsReport): void {
    this.#dns = report;
    this.txtToday = txtInReport(report) ?? this.txtToday;
  }

  /** A connector keeps its code for life, so an answer without it does not lose it. */
  #withCode(connector: SsoConnector): SsoConnector {
    const before = this.connector;
    if (connector.verificationCode !== undefined || connector.id !== before?.id) return connector;
    return { ...connector, verificationCode: before.verificationCode };
  }

  /**
   * Sends a change of the connector. From the request to its answer the connector is in doubt; a refusal leaves it as
   * it was, an answer shows what it is now. If no answer comes, a look decides; if that fails too, it stays in doubt.
   *
   * @throws the error of the request, unless the look shows that it was carried out
   */
  async changeConnector({
    send,
    look,
    isDone,
    isGone = () => false,
    isCreation = false,
  }: ConnectorChange): Promise<ChangeOutcome> {
    const before = this.#sight;
    this.#sight = { kind: 'in-doubt', connector: this.connector };
    return this.#send({
      send,
      ...(look !== undefined && {
        look: async () => {
          const connector = await look();
          return { connector, isDone: isDone(connector), isCreated: isCreation && isDone(connector) };
        },
      }),
      onOutcome: ({ connector, isCreated = false }) => {
        if (connector === undefined) this.#rememberDeleted();
        this.see(connector);
        this.#isCreated ||= isCreated;
      },
      onRefusal: (refusal) => {
        this.#sight = isGone(refusal) ? { kind: 'absent' } : before;
      },
    });
  }

  #rememberDeleted(): void {
    const code = this.connector?.verificationCode;
    if (code !== undefined) this.#deletedCodes.add(code);
  }

  /** Only what this run has deleted is known to be of no use: another code may be that of another account. */
  #withoutDeleted(texts: readonly string[]): readonly string[] {
    return texts.filter((text) => !this.#deletedCodes.has(text));
  }

  /** Sends a change of the DNS zone; a look resolves to whether it is done, with what else it shows. */
  async changeDns<T extends DnsChangeOutcome>(
    send: () => Promise<T>,
    look: () => Promise<T & { readonly isDone: boolean }>,
  ): Promise<T> {
    return this.#send<T>({
      send,
      look,
      onOutcome: () => undefined,
      onRefusal: () => undefined,
    });
  }

  async #send<T extends { readonly isOurs?: boolean }>(change: UnsettledChange<T>): Promise<T> {
    const before = this.#changed;
    this.#changed = before || undefined;
    return settle(change, (isMade) => {
      this.#changed = isMade || before;
    });
  }
}
