import { parseResolver } from '../../src/dns/client/servers.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { DnsReport } from '../../src/domain/dns-report.ts';
import { EmailDomain, type Sight } from '../../src/domain/email-domain.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Mode } from '../../src/modes/mode.ts';
import type { Services } from '../../src/modes/services.ts';

export const DOMAIN = 'example.com';
export const ACCOUNT_ID = '023e105f4ecef8ad9ca31a8372d0c353';
/** Long enough that it cannot stand in a text by chance. */
export const API_TOKEN = 'Test-Token_0123456789abcdefghijklmnopqrstuv';
export const CONNECTOR_ID = '1a2b3c4d5e6f708192a3b4c5d6e7f809';
export const CODE = 'cloudflare_dashboard_sso=0123456789abcdef0123456789abcdef';

export function sampleConnector(changes: Partial<SsoConnector> = {}): SsoConnector {
  return {
    id: CONNECTOR_ID,
    emailDomain: DOMAIN,
    enabled: false,
    useFedrampLanguage: false,
    verificationCode: CODE,
    verificationStatus: 'pending',
    ...changes,
  };
}

export function sampleSettings(changes: Partial<Settings> = {}): Settings {
  const resolver = parseResolver('cloudflare');
  return {
    modes: ['create', 'wait-for-dns', 'enable'],
    account: { accountId: ACCOUNT_ID, apiToken: API_TOKEN },
    emailDomains: [DOMAIN],
    connectorId: undefined,
    verificationCode: undefined,
    beginVerification: true,
    useFedrampLanguage: undefined,
    dns: { resolvers: resolver === undefined ? [] : [resolver], quorum: 1, authoritativeServers: 'auto' },
    wait: { timeoutMs: 1_800_000, pollIntervalMs: 15_000, onTimeout: 'fail' },
    preflight: 'true',
    confirmWithinMs: undefined,
    record: undefined,
    check: { expectEnabled: true, failOnDrift: true, issue: undefined },
    dryRun: false,
    apiUrl: 'https://api.cloudflare.com/client/v4',
    notices: [],
    workspace: '/nowhere',
    ...changes,
  };
}

/** What a sample knows; by default only its name. */
export interface SampleDomain
  extends Partial<
    Pick<
      EmailDomain,
      | 'dns'
      | 'txtToday'
      | 'renderRecord'
      | 'dnsRecord'
      | 'ssoApp'
      | 'preflight'
      | 'confirmed'
      | 'drift'
      | 'notChecked'
      | 'timedOut'
      | 'accountId'
    >
  > {
  readonly name?: string | undefined;
  /** The given one, not the connector's. */
  readonly verificationCode?: string | undefined;
  readonly connector?: SsoConnector;
  readonly sight?: Sight['kind'];
}

export function sampleDomain(sample: SampleDomain = {}): EmailDomain {
  const { verificationCode, connector, sight, accountId, name, dns, ...known } = sample;
  const domain = new EmailDomain({
    name: 'name' in sample ? name : DOMAIN,
    verificationCode,
    accountId: 'accountId' in sample ? accountId : ACCOUNT_ID,
  });
  if (connector !== undefined || sight === 'absent') domain.see(connector);
  // A change that never gets an answer.
  if (sight === 'in-doubt') {
    void domain.changeConnector({
      send: () => new Promise(() => undefined),
      look: async () => connector,
      isDone: () => false,
    });
  }
  if (dns !== undefined) domain.seeDns(dns);
  return Object.assign(domain, known);
}

/** A domain whose connector this run made: it is created, and changed. */
export async function createdDomain({
  connector = sampleConnector(),
  ...sample
}: SampleDomain = {}): Promise<EmailDomain> {
  const domain = sampleDomain(sample);
  await domain.changeConnector({
    send: async () => ({ connector, isCreated: true }),
    look: async () => connector,
    isDone: () => true,
  });
  return domain;
}

/** Runs a mode, and resolves to the domain that it worked on. */
export async function domainAfter(
  mode: Mode,
  domain: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<EmailDomain> {
  await mode(domain, settings, services);
  return domain;
}

/** Why the record of a sample is not visible. */
export const FINDING = {
  cause: 'sample-cause',
  evidence: 'the sample server has no such record',
  remedy: 'Publish the sample record.',
} as const;

/** A report of one authoritative server and one resolver. */
export function sampleReport(changes: Partial<DnsReport> = {}): DnsReport {
  const visible = changes.visible ?? true;
  const answer = visible
    ? ({ record: 'present', txt: [CODE] } as const)
    : ({ record: 'absent', txt: [] } as const);
  return {
    name: DOMAIN,
    type: 'TXT',
    value: CODE,
    visible,
    authoritative: visible,
    reason: visible ? 'visible' : 'timed-out',
    zone: DOMAIN,
    started_at: '2026-01-05T12:00:00.000Z',
    ended_at: '2026-01-05T12:01:00.000Z',
    servers: [
      { server: 'ns1.example.com (192.0.2.53)', role: 'authoritative', ...answer },
      { server: 'cloudflare', role: 'resolver', ...answer },
    ],
    diagnosis: visible ? [] : [FINDING],
    ...changes,
  };
}
