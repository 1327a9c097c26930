import { isCertificateError, RequestError } from '../domain/errors.ts';

/** No complete answer arrived. */
export class NetworkError extends RequestError {}

/**
 * The families of `code` that a connection can fail with: the operating system and name resolution (`ECONNRESET`,
 * `EAI_AGAIN`), the HTTP parser (`HPE_…`), TLS, HTTP/2, proxies, and streams and sockets that end early.
 *
 * @see https://nodejs.org/api/errors.html
 */
const NETWORK_CODE =
  /^(?:E[A-Z0-9]+|EAI_[A-Z]+|HPE_[A-Z_]+|ERR_(?:SSL|OSSL|TLS|HTTP2|PROXY)_\w+|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED)|ERR_SOCKET_C[A-Z_]+|ABORT_ERR)$/;

/** Certificate errors whose code looks like no other: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);

/** Node.js throws these for wrong code, some of them with a `code`; no network causes one. */
const PROGRAMMING_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];

/** An error of Node.js by its `code`. */
export type NetworkFault = Error & { readonly code: string };

/** Whether the network can have caused this error. Everything else is a defect of the code and must stay one. */
export function isNetworkFault(error: unknown): error is NetworkFault {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  if (PROGRAMMING_ERRORS.some((kind) => error instanceof kind)) return false;
  return NETWORK_CODE.test(error.code) || isCertificateError(error.code) || CERTIFICATE_CODES.has(error.code);
}
