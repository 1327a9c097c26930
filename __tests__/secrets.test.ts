import { describe, expect, it } from 'vitest';
import { redactor } from '../src/secrets.ts';
import { formsOf, secretsIn } from './support/secret-forms.ts';

const SECRETS = {
  'a token': 'Test-Token_0123456789abcdefghijklmnopqrstuv',
  'a token with characters that encode': 'a+b/c=d&e%f"g\\h<i>ö~ 0123456789',
};
const tokens = Object.entries(SECRETS);

const basic = (user: string, token: string) => Buffer.from(`${user}:${token}`).toString('base64');

/** The ways in which an API, a proxy or a library sends back what it was sent. */
const ECHOES: readonly (readonly [string, (token: string) => string])[] = [
  ['a header', (token) => `Authorization: Bearer ${token}`],
  ['a header in lower case', (token) => `authorization: bearer ${token}`.toLowerCase()],
  ['a query', (token) => `https://x.example/?${new URLSearchParams({ a: 'b', token })}&c=d`],
  ['a path', (token) => `/x/${encodeURIComponent(token)}/y`],
  ['a path in a query', (token) => `/?at=${encodeURIComponent(`/x/${encodeURIComponent(token)}`)}`],
  ['JSON', (token) => JSON.stringify({ headers: [`Bearer ${token}`] })],
  ['JSON in JSON', (token) => JSON.stringify({ body: JSON.stringify({ token }) })],
  ['basic authentication', (token) => `Basic ${basic('x-access-token', token)}`],
  ['basic authentication of another name', (token) => `Basic ${basic('jane', token)}`],
  ['basic authentication of a third name', (token) => `Basic ${basic('jo', token)}`],
  ['Base64 of a header', (token) => Buffer.from(`Bearer ${token}\r\n`).toString('base64')],
  ['Base64 of it alone', (token) => Buffer.from(token).toString('base64')],
  ['Base64 for URLs', (token) => Buffer.from(`{"t":"${token}"}`).toString('base64url')],
  ['hexadecimal digits', (token) => Buffer.from(`Bearer ${token}`).toString('hex')],
  ['hexadecimal digits in capitals', (token) => Buffer.from(`x${token}`).toString('hex').toUpperCase()],
];

describe.each(tokens)('the search for %s', (_, token) => {
  it.each(ECHOES)('finds it in %s', (_, echo) => {
    expect(secretsIn(echo(token), { it: token })).not.toEqual([]);
  });

  it('finds each form that is planted in a text, and names it', () => {
    for (const { name, text } of formsOf(token)) {
      expect(secretsIn(`before${text}behind`, { it: token })).toContain(`it, ${name}`);
    }
  });

  it('finds nothing where it is not', () => {
    expect(secretsIn(`${token.slice(1)} *** ${token.slice(0, -1)}`, { it: token })).toEqual([]);
    expect(secretsIn('Test token 0123456789', { it: token })).toEqual([]);
  });
});

describe('redaction', () => {
  // The search also knows forms of a lower-cased or escaped secret that no answer of an API is made of.
  it.each(
    tokens.flatMap(([name, token]) => ECHOES.map(([where, echo]) => [name, where, token, echo] as const)),
  )('takes %s out of %s', (_, __, token, echo) => {
    const redacted = redactor(['another secret of some length', token])(`before ${echo(token)} behind`);
    expect(secretsIn(redacted, { it: token })).toEqual([]);
    expect(redacted).toMatch(/^before .*\*\*\*.* behind$/s);
  });

  it('leaves everything else as it is', () => {
    const text = '{"id":"Test-Token_0123456789","name":"***","path":"/a%20b"}';
    expect(redactor(Object.values(SECRETS))(text)).toBe(text);
    expect(redactor([])(text)).toBe(text);
  });

  it('takes no notice of what is too short to be a token', () => {
    expect(redactor(['', 'a', 'true', 'first-half'])('a true first-half')).toBe('a true first-half');
  });
});
