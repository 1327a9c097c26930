import type { Access, DashSsoApp, IdentityProvider } from '../cloudflare/access.ts';
import type { AccessLog, SignIn } from '../cloudflare/access-log.ts';
import type { ApiToken, ApiTokenFacts } from '../cloudflare/api-token.ts';
import type { Member, Members } from '../cloudflare/members.ts';
import type { SsoConnectors } from '../cloudflare/sso-connectors.ts';

/** What is read of Cloudflare's API. */
export interface EvidenceApi {
  readonly access: Pick<Access, 'identityProviders' | 'ssoApp'>;
  readonly accessLog: Pick<AccessLog, 'pastSignIns'>;
  readonly members: Pick<Members, 'accepted'>;
  readonly token: Pick<ApiToken, 'facts'>;
  readonly ssoConnectors: Pick<SsoConnectors, 'list'>;
}

/** Whom a judgement is about. */
export interface Subject {
  /** Lower-case A-labels. */
  readonly emailDomain: string;
  /** Those of the step, this one included. */
  readonly emailDomains: readonly string[];
}

/** What the guards judge by. Two guards that need the same answer share one request. */
export interface Evidence extends Subject {
  /** When the judgement is made, in milliseconds since the epoch. */
  readonly nowMs: number;
  identityProviders(): Promise<readonly IdentityProvider[]>;
  /** `undefined` while no email domain of the account uses SSO. */
  ssoApp(): Promise<DashSsoApp | undefined>;
  /** Those of people of the email domain in the last 30 days, the latest first. */
  signIns(): Promise<readonly SignIn[]>;
  members(): Promise<readonly Member[]>;
  token(): Promise<ApiTokenFacts>;
  /** The email domains of the account that use SSO already, or may: Cloudflare does not say that they do not. */
  enabledDomains(): Promise<readonly string[]>;
}

/** The evidence about an email domain, read when a guard asks for it. */
export function evidenceOf(api: EvidenceApi, subject: Subject, nowMs: number): Evidence {
  return {
    ...subject,
    nowMs,
    identityProviders: () => api.access.identityProviders(),
    ssoApp: () => api.access.ssoApp(),
    signIns: () => api.accessLog.pastSignIns(subject.emailDomain),
    members: () => api.members.accepted(),
    token: () => api.token.facts(),
    enabledDomains: async () => {
      const all = await api.ssoConnectors.list();
      return all.filter(({ enabled }) => enabled !== false).map(({ emailDomain }) => emailDomain);
    },
  };
}
