import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/text/secrets.ts';
import { ECHOES, formsOf, secretsIn } from '../checks/secret-forms.ts';

const SECRETS = {
  'a token': 'Test-Token_0123456789abcdefghijklmnopqrstuv',
  'a token with characters that encode': 'a+b/c=d&e%f"g\\h<i>ö~ 0123456789',
};
const tokens = Object.entries(SECRETS);

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
