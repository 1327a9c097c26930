/** What each cause in `dns-report` means, in words that never change: they stand in a GitHub issue from week to week. */
const CAUSE_WORDS: Readonly<Record<string, string>> = {
  'not-registered': 'the domain does not exist',
  'port-53-intercepted': 'something on the network answers in place of the authoritative servers',
  'wrong-type': 'the name is a CNAME, or the code is in one',
  'quoting-or-splitting': 'the code is published with extra quotes or spaces, or in pieces',
  'wrong-name': 'the record is at another name',
  'another-code': 'another verification code is published',
  'sub-delegation': 'the name lies in a delegated zone that could not be followed',
  'tcp-blocked': 'the answer is too large for UDP, and TCP on port 53 is blocked',
  'port-53-blocked': 'port 53 is blocked here',
  'authority-split': 'one authoritative server answers with the record and without it in turn',
  'secondary-lags': 'some authoritative servers have an older copy of the zone',
  'dnssec-bogus': 'DNSSEC validation of the zone fails',
  filtered: 'a resolver blocks the domain',
  'resolver-cannot-reach-zone': 'a resolver gets no answer from the authoritative servers',
  'stale-answer': 'a resolver serves an expired answer',
  'anycast-split': 'a resolver answers with the record and without it in turn',
  'old-rrset-cached': 'a resolver has the old TXT records cached',
  'absence-cached': 'a resolver has cached that there is no TXT record',
  'not-published': 'the record is not published',
  'resolver-unreachable': 'a resolver does not answer',
  'lame-server': 'a server named in the delegation does not serve the zone',
  'delegation-mismatch': 'the zones do not agree on the authoritative servers',
  'split-horizon': 'an internal view of the zone is seen',
};

/** The cause for people, with its ID in parentheses; the ID alone if there are no words for it. */
export function describeCause(id: string): string {
  const words = CAUSE_WORDS[id];
  return words === undefined ? id : `${words} (${id})`;
}
