/** A rule of an Access policy; the sandbox needs only these kinds. */
export type AccessRule =
  | { readonly email_domain: { readonly domain: string } }
  | { readonly email: { readonly email: string } }
  | { readonly everyone: Record<string, never> };

/** A policy of an Access application with the field names of the API. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly decision: 'allow' | 'deny' | 'non_identity' | 'bypass';
  readonly include: readonly AccessRule[];
  readonly exclude: readonly AccessRule[];
  readonly require: readonly AccessRule[];
  readonly precedence: number;
}
