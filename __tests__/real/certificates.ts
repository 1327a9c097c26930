import { generate } from 'selfsigned';

/** What a TLS server needs. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate is for. */
export interface CertificateSubject {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly expired?: boolean;
}

/** A certificate authority that exists for one run of the tests. */
export interface CertificateAuthority {
  /** Its own certificate in PEM. */
  readonly ca: string;
  issue(subject: CertificateSubject): Promise<ServerCertificate>;
}

const DAY_MS = 86_400_000;
const KEYS = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** Makes an authority with a key that is never written anywhere. */
export async function createAuthority(name = 'An authority of the tests'): Promise<CertificateAuthority> {
  const nowMs = Date.now();
  const authority = await generate([{ name: 'commonName', value: name }], {
    ...KEYS,
    notBeforeDate: new Date(nowMs - 30 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return {
    ca: authority.cert,
    async issue({ names = [], addresses = [], expired = false }) {
      const issued = await generate([{ name: 'commonName', value: 'A server of the tests' }], {
        ...KEYS,
        ca: { key: authority.private, cert: authority.cert },
        notBeforeDate: new Date(nowMs - 2 * DAY_MS),
        notAfterDate: new Date(nowMs + (expired ? -DAY_MS : DAY_MS)),
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              ...names.map((value) => ({ type: 2 as const, value })),
              ...addresses.map((ip) => ({ type: 7 as const, ip })),
            ],
          },
        ],
      });
      return { key: issued.private, cert: issued.cert };
    },
  };
}
