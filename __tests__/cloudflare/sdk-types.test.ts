import type {
  SSOCreateParams,
  SSOCreateResponse,
  SSOGetResponse,
  SSOListResponse,
  SSOUpdateParams,
  SSOUpdateResponse,
} from 'cloudflare/resources/iam/sso';
import type * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  NewSsoConnector,
  SsoConnectorChange,
  wireConnectorSchema,
} from '../../src/cloudflare/sso-connectors.ts';
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
    expectTypeOf<keyof Wire>().toEqualTypeOf<keyof SdkConnector>();
    expectTypeOf<Values<Omit<Wire, 'verification'>>>().toEqualTypeOf<
      Values<Omit<SdkConnector, 'verification'>>
    >();
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
