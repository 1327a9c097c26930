import type { AccessPolicy, AccessRule, DashSsoApp, IdentityProvider } from '../cloudflare/access.ts';
import {
  answerOf,
  type Finding,
  type Guard,
  isWithoutZeroTrust,
  passed,
  unknown,
  unreadable,
  warned,
} from './guard.ts';

const WHERE =
  'the application of type dash_sso in the dashboard under Zero Trust > Access controls > Applications';

/** The policies of the dashboard's Access application decide who may sign in. */
export const ssoApp: Guard = {
  id: 'sso-app',
  isOfAccount: false,
  async judge(evidence) {
    const requests = [
      answerOf(evidence.ssoApp()),
      answerOf(evidence.identityProviders()),
      answerOf(evidence.enabledDomains()),
    ] as const;
    const [app, providers, enabled] = await Promise.all(requests);
    if ('error' in app) {
      return isWithoutZeroTrust(app.error) ? noneYet() : unreadable('Access applications', app.error);
    }
    if (app.answer === undefined) {
      if ('error' in enabled) return unreadable('SSO connectors of the account', enabled.error);
      return enabled.answer.length > 0 ? isGone() : noneYet();
    }
    const bad = judgeProviders(app.answer, 'answer' in providers ? providers.answer : undefined);
    return bad ?? judgePolicies(app.answer, evidence.emailDomain);
  },
};

function noneYet(): Finding {
  return passed(
    'There is no Access application of type dash_sso yet: Cloudflare makes it with the first enable.',
  );
}

function isGone(): Finding {
  return warned(
    'The account uses SSO, but the Access application of type dash_sso is gone: nobody can sign in through SSO.',
    'Disable the connector, so that people can sign in without SSO. Cloudflare makes the application when a connector is enabled.',
  );
}

/** Nothing if the list allows all, or only existing providers. */
function judgeProviders(
  { allowedIdps }: DashSsoApp,
  providers: readonly IdentityProvider[] | undefined,
): Finding | undefined {
  if (allowedIdps.length === 0) return undefined;
  if (providers === undefined) {
    return unknown(
      'The Access application allows some identity providers only, and whether they exist could not be read.',
      'See the guard identity-provider.',
    );
  }
  const existing = allowedIdps.filter((id) => providers.some((provider) => provider.id === id));
  const missing = allowedIdps.length - existing.length;
  if (missing === 0) return undefined;
  return warned(
    `The Access application allows ${allowedIdps.length} identity provider${allowedIdps.length === 1 ? '' : 's'} (allowed_idps), of which ${missing} do${missing === 1 ? 'es' : ''} not exist.`,
    `Correct the identity providers of ${WHERE}.`,
  );
}

function judgePolicies({ policies }: DashSsoApp, emailDomain: string): Finding {
  if (policies === undefined)
    return unknown('Cloudflare does not show the policies of the Access application.', `Look at ${WHERE}.`);
  const names = naming(emailDomain);
  const excludes = ({ exclude }: AccessPolicy): boolean => exclude.some((rule) => names(rule) === 'yes');
  const denying = policies.some(
    (policy) =>
      policy.decision === 'deny' && policy.include.some((rule) => names(rule) === 'yes') && !excludes(policy),
  );
  const allowing = policies.filter((policy) => policy.decision === 'allow' && !excludes(policy));
  const covering = allowing.map((policy) => coverage(policy, names));
  if (denying) {
    return warned('A policy of the Access application denies the email domain.', `Remove it from ${WHERE}.`);
  }
  if (covering.includes('yes')) return passed('A policy of the Access application allows the email domain.');
  if (covering.includes('perhaps')) {
    return unknown(
      'Whether the policies of the Access application allow the email domain depends on rules of other kinds, such as groups.',
      `Look at ${WHERE}: an allow policy must include everybody of the email domain.`,
    );
  }
  return warned(
    'No policy of the Access application allows the email domain.',
    `Add an allow policy that includes the email domain to ${WHERE}.`,
  );
}

type Coverage = 'yes' | 'no' | 'perhaps';

/** Whether a rule holds for everybody of the email domain. */
function naming(emailDomain: string): (rule: AccessRule) => Coverage {
  return (rule) => {
    if ('everyone' in rule) return 'yes';
    if ('email' in rule) return 'no';
    if (!('email_domain' in rule)) return 'perhaps';
    const { email_domain: value } = rule;
    const domain =
      typeof value === 'object' && value !== null && 'domain' in value ? value.domain : undefined;
    return typeof domain === 'string' && domain.toLowerCase() === emailDomain ? 'yes' : 'no';
  };
}

/** One included rule suffices; every required one must hold. */
function coverage({ include, require }: AccessPolicy, names: (rule: AccessRule) => Coverage): Coverage {
  const [included, required] = [include.map(names), require.map(names)];
  const best = included.includes('yes') ? 'yes' : included.includes('perhaps') ? 'perhaps' : 'no';
  if (best === 'no' || required.includes('no')) return 'no';
  return required.includes('perhaps') ? 'perhaps' : best;
}
