import { RequestError } from '../domain/errors.ts';

/** No complete answer came back. */
export class NetworkError extends RequestError {}
