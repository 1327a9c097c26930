import { ApiProblem, ERROR_CODES } from './envelope.ts';

interface Values {
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
  readonly 'string or null': string | null;
  readonly 'list of strings': readonly string[];
}
type FieldType = keyof Values;
type ValueOf<T extends FieldType> = Values[T];

/** The fields of a body by name and type; all are optional. */
export type Fields<Shape extends Record<string, FieldType>> = {
  readonly [Name in keyof Shape]?: ValueOf<Shape[Name]> | undefined;
};

function isOfType(value: unknown, expected: FieldType): boolean {
  if (expected === 'string or null') return value === null || typeof value === 'string';
  if (expected !== 'list of strings') return typeof value === expected;
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

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
    if (!isOfType(value, expected)) throw invalid(`Property ${name} must be a ${expected}`);
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
