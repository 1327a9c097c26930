/** Removes the secrets from a text. */
export type Redact = (text: string) => string;

/** Anything shorter is not a token and could be part of any text. */
export const MIN_SECRET_LENGTH = 16;

/**
 * Removes secrets from untrusted text, in every form that the runner masks and some more: an API, or a proxy in front of
 * it, may send back what it received. The runner masks secrets in logs only.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH).flatMap(formsOf);
  if (forms.length === 0) return (text) => text;
  // Longest first, because one may be part of another. Case does not matter in hexadecimal digits and host names.
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map((form) => form.replaceAll(/\W/g, '\\$&')).join('|'), 'gi');
  return (text) => text.replaceAll(pattern, '***');
}

function formsOf(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  const escaped = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => innerBase64(secret, offset));
  return [
    secret,
    encoded,
    encodeURIComponent(encoded),
    new URLSearchParams({ '': secret }).toString().slice(1),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** The Base64 of a text that starts at that offset in a group of three bytes, without what depends on its neighbours. */
function innerBase64(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return bytes.toString('base64').slice(start, end);
}
