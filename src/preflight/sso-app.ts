import type { AccessPolicy, AccessRule, DashSsoApp, IdentityProvider } from '../cloudflare/access.ts';
import { domainOfAddress } from '../domain/email-address.ts';
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
    if (bad !== undefined) return bad;
    if ('error' in enabled) return unreadable('SSO connectors of the account', enabled.error);
    return judgePolicies(app.answer, evidence.emailDomain, enabled.answer);
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
  if (allowedIdps === undefined) {
    return unknown(
      'Cloudflare does not show which identity providers the Access application allows.',
      `Look at ${WHERE}.`,
    );
  }
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

function judgePolicies(
  { policies }: DashSsoApp,
  emailDomain: string,
  enabledDomains: readonly string[],
): Finding {
  if (policies === undefined)
    return unknown('Cloudflare does not show the policies of the Access application.', `Look at ${WHERE}.`);
  switch (admission(policies, emailDomain)) {
    case 'denied':
      return warned(
        'A policy of the Access application denies the email domain.',
        `Remove it from ${WHERE}.`,
      );
    case 'yes':
      return passed('A policy of the Access application allows the email domain.');
    case 'perhaps':
      return unknown(
        'Whether the policies of the Access application allow the email domain depends on rules of other kinds, such as groups.',
        `Look at ${WHERE}: an allow policy must include everybody of the email domain.`,
      );
    case 'no':
      return isYetToCome(policies, enabledDomains)
        ? passed(
            'No policy of the Access application allows the email domain yet: Cloudflare makes it with the enable.',
          )
        : warned(
            'No policy of the Access application allows the email domain.',
            `Add an allow policy that includes the email domain to ${WHERE}.`,
          );
  }
}

/** Cloudflare makes a policy when it enables a domain; if it has not kept those of the others, nothing is certain. */
function isYetToCome(policies: readonly AccessPolicy[], enabledDomains: readonly string[]): boolean {
  return enabledDomains.every((other) => admission(policies, other) !== 'no');
}

/** Whether the policies let everybody of the email domain in. */
function admission(policies: readonly AccessPolicy[], emailDomain: string): Coverage | 'denied' {
  const names = naming(emailDomain);
  const decided = (decision: string): readonly Coverage[] =>
    policies.filter((policy) => policy.decision === decision).map((policy) => coverage(policy, names));
  const [denying, allowing] = [decided('deny'), decided('allow')];
  if (denying.includes('yes')) return 'denied';
  if (allowing.includes('yes') && !denying.includes('perhaps')) return 'yes';
  return allowing.some((one) => one !== 'no') ? 'perhaps' : 'no';
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
    if (typeof domain !== 'string') return 'perhaps';
    return domainOfAddress(`@${domain}`) === emailDomain ? 'yes' : 'no';
  };
}

/** Whether a policy is about everybody of the email domain: one included rule, every required one, none excluded. */
function coverage(
  { include, exclude, require }: AccessPolicy,
  names: (rule: AccessRule) => Coverage,
): Coverage {
  const [included, excluded, required] = [include.map(names), exclude.map(names), require.map(names)];
  if (excluded.includes('yes') || required.includes('no') || included.every((one) => one === 'no'))
    return 'no';
  const isCertain = included.includes('yes') && ![...excluded, ...required].includes('perhaps');
  return isCertain ? 'yes' : 'perhaps';
}
