import type { SsoConnector } from '../domain/connector.ts';
import { ALL_EMAIL_DOMAINS, type Drift, type DriftKind, type NotChecked } from '../domain/drift.ts';
import type { GuardId, Judgement } from '../domain/preflight.ts';
import type { DomainResult } from '../domain/run-result.ts';
import type { Settings } from '../domain/settings.ts';
import type { Evidence } from '../preflight/evidence.ts';
import { answerOf, isWithoutZeroTrust } from '../preflight/guard.ts';
import { judge } from '../preflight/judge.ts';
import { evidenceAbout } from './preflight.ts';
import type { Services } from './services.ts';

/** What the guards of preflight find later on, as drift. */
interface Watched {
  readonly drift: readonly Drift[];
  readonly notChecked: readonly NotChecked[];
}

interface WatchedGuard {
  readonly kind: DriftKind;
  /** What a declared connector needs. */
  readonly expected: string;
}

const OF_ACCOUNT: Partial<Record<GuardId, WatchedGuard>> = {
  'identity-provider': { kind: 'identity-provider-missing', expected: 'an identity provider of your own' },
  token: { kind: 'token-expires', expected: 'an API token that is valid for 30 days or more' },
  'way-back-in': { kind: 'nobody-outside', expected: 'a super administrator outside the email domains' },
};

const OF_DOMAIN: Partial<Record<GuardId, WatchedGuard>> = {
  'sso-app': { kind: 'sso-app-policy', expected: 'an Access application that lets the email domain in' },
};

const NOTHING: Watched = { drift: [], notChecked: [] };

/** Whether people of one email domain may still sign in through SSO. */
export async function watchDomain(
  connector: SsoConnector,
  settings: Settings,
  services: Services,
): Promise<Watched> {
  // Cloudflare adds the policy when it enables the connector; that it is disabled is drift of its own.
  if (!connector.enabled) return NOTHING;
  const { emailDomain } = connector;
  const watched = await watch(OF_DOMAIN, emailDomain, evidenceAbout(emailDomain, settings, services));
  const drift = watched.drift.map((one) => ({ ...one, connector_id: connector.id }));
  return { drift, notChecked: watched.notChecked };
}

/** What all email domains of the account depend on. */
export async function watchAccount(
  domains: readonly DomainResult[],
  settings: Settings,
  services: Services,
): Promise<Watched> {
  const inUse = domains.filter(({ domain: { connector } }) => connector && isInUse(connector, settings));
  const [first] = inUse.flatMap(({ domain }) => domain.name ?? []);
  if (first === undefined) return NOTHING;
  const about = domains.length === 1 ? first : ALL_EMAIL_DOMAINS;
  return watch(OF_ACCOUNT, about, evidenceAbout(first, settings, services));
}

function isInUse({ enabled }: SsoConnector, { check }: Settings): boolean {
  return enabled !== false || check.expectEnabled;
}

async function watch(
  guards: Partial<Record<GuardId, WatchedGuard>>,
  emailDomain: string,
  seen: Evidence,
): Promise<Watched> {
  const judgements = await judge(seen, Object.keys(guards) as GuardId[]);
  const providers = await answerOf(seen.identityProviders());
  const isListUnknown = 'error' in providers && !isWithoutZeroTrust(providers.error);
  const [drift, notChecked]: [Drift[], NotChecked[]] = [[], []];
  for (const judgement of judgements) {
    const guard = guards[judgement.guard];
    if (guard === undefined || judgement.verdict === 'passed') continue;
    // Mode enable refuses without the list; here it is only unknown.
    const isUnknown =
      judgement.verdict === 'unknown' || (judgement.guard === 'identity-provider' && isListUnknown);
    if (isUnknown) notChecked.push(notCheckedFor(guard, judgement));
    else drift.push(driftFor(guard, judgement, emailDomain));
  }
  return { drift, notChecked };
}

function notCheckedFor({ kind }: WatchedGuard, { permission }: Judgement): NotChecked {
  return { kind, ...(permission !== undefined && { permission }) };
}

function driftFor(
  { kind, expected }: WatchedGuard,
  { evidence: seen, remedy = '' }: Judgement,
  emailDomain: string,
): Drift {
  return { kind, email_domain: emailDomain, expected, actual: seen.replace(/\.$/, ''), remedy };
}
