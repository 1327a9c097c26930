/** Takes the secrets out of a text. */
export type Redact = (text: string) => string;

/** Shorter is no token, and could stand in any text. */
export const MIN_SECRET_LENGTH = 16;

/**
 * Takes secrets out of text from elsewhere, in every form in which the runner looks for them, and some more: an API,
 * or something in front of it, may send back what it was sent. The runner hides secrets in logs only.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH).flatMap(formsOf);
  if (forms.length === 0) return (text) => text;
  // The longest first: one may be part of another. Capitals do not count in hexadecimal digits and in host names.
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

/** What Base64 makes of a text that begins at that place in a group of three bytes, whatever stands around it. */
function innerBase64(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return bytes.toString('base64').slice(start, end);
}
