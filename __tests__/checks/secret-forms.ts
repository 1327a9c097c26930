/** A secret in a form in which it slips through a filter that only knows the plain one. */
export interface SecretForm {
  readonly name: string;
  readonly text: string;
}

/** Every form in which a secret is looked for; those that are the same as another one are left out. */
export function formsOf(secret: string): readonly SecretForm[] {
  const encoded = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  const forms: readonly SecretForm[] = [
    { name: 'plain', text: secret },
    { name: 'in lower case', text: secret.toLowerCase() },
    { name: 'URL-encoded', text: encoded },
    { name: 'URL-encoded twice', text: encodeURIComponent(encoded) },
    { name: 'as a form field', text: new URLSearchParams({ '': secret }).toString().slice(1) },
    { name: 'JSON-escaped', text: JSON.stringify(secret).slice(1, -1) },
    { name: 'JSON-escaped twice', text: JSON.stringify(JSON.stringify(secret)).slice(3, -3) },
    { name: 'as HTML', text: asHtml(secret) },
    { name: 'as the runner escapes it', text: secret.replaceAll('%', '%25') },
    { name: 'hexadecimal', text: hex },
    { name: 'hexadecimal in capitals', text: hex.toUpperCase() },
    { name: 'as a printed buffer', text: hex.replaceAll(/..(?=.)/g, '$& ') },
    ...base64Forms(secret, 'base64'),
    ...base64Forms(secret, 'base64url'),
  ];
  return [...new Map(forms.map((form) => [form.text, form])).values()];
}

function asHtml(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * The characters that are the same whatever stands before and behind the secret: of a text that begins at each of the
 * three places in a group of three bytes. So `Bearer SECRET` and `x-access-token:SECRET` are found as well.
 */
function base64Forms(secret: string, encoding: 'base64' | 'base64url'): readonly SecretForm[] {
  return ['', 'x', 'xx'].map((before, offset) => {
    const whole = Buffer.from(`${before}${secret}`).toString(encoding).replace(/=+$/, '');
    const bits = 8 * (offset + Buffer.byteLength(secret));
    const text = whole.slice([0, 2, 3][offset], Math.floor(bits / 6));
    return { name: `${encoding}, ${offset} bytes into a group`, text };
  });
}

/** Which forms of which secrets stand in a text, as `name of the secret, name of the form`. */
export function secretsIn(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret)
      .filter((form) => text.includes(form.text))
      .map((form) => `${name}, ${form.name}`),
  );
}

/** The ways in which an API, a proxy or a library sends back what it was sent. */
export const ECHOES: readonly (readonly [string, (token: string) => string])[] = [
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

function basic(user: string, token: string): string {
  return Buffer.from(`${user}:${token}`).toString('base64');
}
