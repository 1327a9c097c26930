/**
 * Of the questions that resolvers were asked, `NAME TYPE` each, those that are too early before every authoritative
 * server has the record: all but NS and SOA of a top-level domain or the root, and addresses of hosts outside the
 * registered domains `own`.
 */
export function tooEarly(asked: readonly string[], own: readonly string[]): readonly string[] {
  return asked.filter((question) => {
    const [name = '', type] = question.split(' ');
    const isOwn = own.some((domain) => `.${name}`.endsWith(`.${domain}`));
    if (type === 'NS' || type === 'SOA') return /[^.]\.[^.]/.test(name);
    return isOwn || (type !== 'A' && type !== 'AAAA');
  });
}
