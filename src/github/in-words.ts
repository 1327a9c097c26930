/** What a request is for, as it follows "to" in a message, and the kinds of requests that the drift issue needs. */
const WORDS: readonly (readonly [method: string, path: RegExp, what: string])[] = [
  ['GET', /\/comments$/, 'list the comments of the issue'],
  ['POST', /\/comments$/, 'add a comment to the issue'],
  ['GET', /\/issues$/, 'list the issues'],
  ['POST', /\/issues$/, 'create the issue'],
  ['PATCH', /\/issues\/\d+$/, 'update the issue'],
];

/** A request to GitHub in words. Octokit makes the requests, so that only method and address tell. */
export function inWords(method: string, url: string): string {
  const path = pathOf(url);
  const known = WORDS.find(([itsMethod, itsPath]) => itsMethod === method && itsPath.test(path));
  return known?.[2] ?? 'carry out the request';
}

/** Without host and query. */
export function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url.replace(/\?.*$/s, '');
}
