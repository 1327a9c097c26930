import type { TokenVerifyResponse as SdkAccountToken } from 'cloudflare/resources/accounts/tokens';
import type {
  SSOCreateParams,
  SSOCreateResponse,
  SSOGetResponse,
  SSOListResponse,
  SSOUpdateParams,
  SSOUpdateResponse,
} from 'cloudflare/resources/iam/sso';
import type { Member as SdkMember } from 'cloudflare/resources/shared';
import type { TokenVerifyResponse as SdkUserToken } from 'cloudflare/resources/user/tokens';
import type {
  ApplicationListResponse,
  Decision,
  AccessRule as SdkRule,
} from 'cloudflare/resources/zero-trust/access/applications';
import type {
  AccessRequestListParams,
  AccessRequestListResponse,
} from 'cloudflare/resources/zero-trust/access/logs';
import type {
  IdentityProviderListResponse,
  IdentityProviderType,
} from 'cloudflare/resources/zero-trust/identity-providers';
import type * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { wireAppSchema, wirePolicySchema, wireProviderSchema } from '../../src/cloudflare/access.ts';
import type { wireSignInSchema } from '../../src/cloudflare/access-log.ts';
import type { wireTokenSchema } from '../../src/cloudflare/api-token.ts';
import type { wireConnectorSchema } from '../../src/cloudflare/connector-schema.ts';
import type { wireMemberSchema } from '../../src/cloudflare/members.ts';
import type { NewSsoConnector, SsoConnectorChange } from '../../src/cloudflare/sso-connectors.ts';
import { VERIFICATION_STATUSES, type VerificationStatus } from '../../src/domain/connector.ts';

// These tests run in the compiler: tsc fails when Cloudflare's own SDK and our types part ways.

type Wire = v.InferOutput<typeof wireConnectorSchema>;
type Values<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

type SdkConnector = SSOGetResponse;
type SdkVerification = NonNullable<SdkConnector['verification']>;
type SdkStatus = NonNullable<SdkVerification['status']>;
type SdkCreateBody = Omit<SSOCreateParams, 'account_id'>;
type SdkUpdateBody = Omit<SSOUpdateParams, 'account_id'>;

describe("the types of Cloudflare's SDK", () => {
  it('are the same for all answers that hold a connector', () => {
    expectTypeOf<keyof SSOCreateResponse>().toEqualTypeOf<keyof SdkConnector>();
    expectTypeOf<keyof SSOUpdateResponse>().toEqualTypeOf<keyof SdkConnector>();
    expectTypeOf<keyof SSOListResponse>().toEqualTypeOf<keyof SdkConnector>();
    expectTypeOf<SSOCreateResponse>().toExtend<SdkConnector>();
    expectTypeOf<SSOUpdateResponse>().toExtend<SdkConnector>();
    expectTypeOf<SSOListResponse>().toExtend<SdkConnector>();
  });

  it('have the fields of our connector, with the same values', () => {
    // No mode needs the dates, so they are not read.
    type Read = Omit<SdkConnector, 'created_on' | 'updated_on'>;
    expectTypeOf<'created_on' | 'updated_on'>().toExtend<keyof SdkConnector>();
    expectTypeOf<keyof Wire>().toEqualTypeOf<keyof Read>();
    expectTypeOf<Values<Omit<Wire, 'verification'>>>().toEqualTypeOf<Values<Omit<Read, 'verification'>>>();
  });

  it('have the fields of our verification, with the same values', () => {
    expectTypeOf<Values<NonNullable<Wire['verification']>>>().toEqualTypeOf<Values<SdkVerification>>();
  });

  it('have our verification statuses', () => {
    expectTypeOf<VerificationStatus>().toEqualTypeOf<SdkStatus>();
    // And at run time: a record of them all is complete, or tsc fails.
    const all: Readonly<Record<SdkStatus, true>> = {
      awaiting: true,
      pending: true,
      failed: true,
      verified: true,
    };
    expect([...VERIFICATION_STATUSES].sort()).toEqual(Object.keys(all).sort());
  });

  it('take the body of our POST', () => {
    expectTypeOf<keyof NewSsoConnector>().toEqualTypeOf<keyof SdkCreateBody>();
    expectTypeOf<Values<NewSsoConnector>>().toEqualTypeOf<Values<SdkCreateBody>>();
    expectTypeOf<NewSsoConnector>().toExtend<SdkCreateBody>();
  });

  it('take the body of our PATCH', () => {
    expectTypeOf<SsoConnectorChange>().toEqualTypeOf<Readonly<SdkUpdateBody>>();
  });
});

/** The keys of every member of a union. */
type KeysOf<T> = T extends unknown ? keyof T : never;

describe("what is read for preflight, by the types of Cloudflare's SDK", () => {
  it('is of a sign-in what the log has', () => {
    type Wire = v.InferInput<typeof wireSignInSchema>;
    type Sdk = AccessRequestListResponse[number];
    expectTypeOf<keyof Wire>().toExtend<keyof Sdk>();
    expectTypeOf<Sdk>().toExtend<Wire>();
  });

  it('is asked of the log by parameters that it has', () => {
    expectTypeOf<'since' | 'direction' | 'limit' | 'email'>().toExtend<keyof AccessRequestListParams>();
    expectTypeOf<'desc'>().toExtend<AccessRequestListParams['direction']>();
  });

  it('is of a member what the list has', () => {
    type Wire = v.InferInput<typeof wireMemberSchema>;
    expectTypeOf<keyof Wire>().toExtend<keyof SdkMember>();
    expectTypeOf<SdkMember>().toExtend<Wire>();
    type WirePolicy = NonNullable<Wire['policies']>[number];
    expectTypeOf<keyof WirePolicy>().toExtend<keyof SdkMember.Policy>();
    expectTypeOf<keyof NonNullable<Wire['user']>>().toExtend<keyof SdkMember.User>();
    expectTypeOf<'accepted'>().toExtend<SdkMember['status']>();
    expectTypeOf<'deny'>().toExtend<SdkMember.Policy['access']>();
  });

  it('is of a token what both of its owners tell', () => {
    type Wire = v.InferInput<typeof wireTokenSchema>;
    expectTypeOf<keyof Wire>().toExtend<keyof SdkUserToken>();
    expectTypeOf<SdkUserToken>().toExtend<Wire>();
    expectTypeOf<SdkAccountToken>().toEqualTypeOf<SdkUserToken>();
  });

  it('is of an identity provider what every kind has', () => {
    type Wire = v.InferInput<typeof wireProviderSchema>;
    expectTypeOf<keyof Wire>().toExtend<keyof IdentityProviderListResponse>();
    expectTypeOf<IdentityProviderListResponse>().toExtend<Wire>();
    expectTypeOf<'cloudflare' | 'onetimepin'>().toExtend<IdentityProviderType>();
  });

  it('is of an application what some kinds have, and every kind may be in the list', () => {
    type Wire = Omit<v.InferInput<typeof wireAppSchema>, 'policies'>;
    // The log names an application by its `uid`, which the SDK does not know.
    expectTypeOf<Exclude<keyof Wire, 'uid'>>().toExtend<KeysOf<ApplicationListResponse>>();
    expectTypeOf<Omit<ApplicationListResponse, 'policies'>>().toExtend<Wire>();
    expectTypeOf<'dash_sso'>().toExtend<NonNullable<ApplicationListResponse['type']>>();
  });

  it('is of a policy what an application has', () => {
    type Sdk = NonNullable<Extract<ApplicationListResponse, { policies?: unknown }>['policies']>[number];
    expectTypeOf<keyof v.InferInput<typeof wirePolicySchema>>().toExtend<KeysOf<Sdk>>();
    expectTypeOf<Sdk>().not.toBeNever();
    expectTypeOf<'allow' | 'deny'>().toExtend<Decision>();
    expectTypeOf<'everyone' | 'email' | 'email_domain'>().toExtend<KeysOf<SdkRule>>();
    type DomainRule = Extract<SdkRule, { email_domain: unknown }>;
    expectTypeOf<DomainRule>().not.toBeNever();
    expectTypeOf<DomainRule['email_domain']>().toExtend<{ domain: string }>();
  });
});
