import { ApiProblem, ERROR_CODES } from './envelope.ts';

type FieldType = 'boolean' | 'number' | 'string';
type ValueOf<T extends FieldType> = { boolean: boolean; number: number; string: string }[T];

/** The fields of a body by name and type; all are optional. */
export type Fields<Shape extends Record<string, FieldType>> = {
  readonly [Name in keyof Shape]?: ValueOf<Shape[Name]> | undefined;
};

function invalid(message: string): ApiProblem {
  return new ApiProblem(400, { code: ERROR_CODES.invalidBody, message });
}

/**
 * Reads a JSON body with these fields and no others.
 *
 * @throws ApiProblem (400) for a body that is not an object, an unknown property, or a wrong type
 */
export function readFields<const Shape extends Record<string, FieldType>>(
  body: unknown,
  shape: Shape,
): Fields<Shape> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('The request body must be a JSON object');
  }
  for (const [name, value] of Object.entries(body)) {
    const expected = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (expected === undefined) throw invalid(`Unknown property ${name}`);
    if (typeof value !== expected) throw invalid(`Property ${name} must be a ${expected}`);
  }
  // The loop above checked each property; TypeScript cannot see that.
  return body as Fields<Shape>;
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`, 'i');

/**
 * An email domain as Cloudflare accepts it: an ASCII host name with two or more labels.
 *
 * @throws ApiProblem (400) for anything else
 */
export function readEmailDomain(value: string | undefined): string {
  if (value === undefined) throw invalid('email_domain is required');
  if (!DOMAIN.test(value)) throw invalid('email_domain is not a domain name');
  return value;
}
