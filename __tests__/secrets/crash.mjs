/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): when the action sends a
 * request with a token, to the port CRASH_AT or to any, something goes wrong in the way that CRASH names. What is thrown holds the token, as the
 * errors of many HTTP clients do.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

function failure(options) {
  const { authorization } = options.headers;
  const cause = Object.assign(new Error(`the cause sent ${authorization}`), { headers: options.headers });
  return Object.assign(new Error(`it broke, having sent ${authorization}`, { cause }), { options });
}

const CRASHES = {
  rejection: (options) => void Promise.reject(failure(options)),
  'rejection of several': (options) =>
    void Promise.reject(new AggregateError([failure(options)], 'all broke')),
  'rejection of an object': ({ headers }) => void Promise.reject({ headers, [headers.authorization]: true }),
  'rejection of a text': ({ headers }) => void Promise.reject(`sent ${headers.authorization}`),
  exception: (options) =>
    setImmediate(() => {
      throw failure(options);
    }),
  'exception of an object': ({ headers }) =>
    setImmediate(() => {
      throw headers;
    }),
  'request throws': (options) => {
    throw failure(options);
  },
  'request throws an object': ({ headers }) => {
    throw headers;
  },
  'request fails': (options, request) => request.destroy(failure(options)),
  'listener throws': (options, request) =>
    request.once('socket', () => {
      throw failure(options);
    }),
};

const crash = CRASHES[process.env['CRASH']];
const { request: send } = http;
http.request = (options, ...others) => {
  const request = send(options, ...others);
  const port = process.env['CRASH_AT'] ?? String(options.port);
  const isMeant = options.headers?.authorization !== undefined && port === String(options.port);
  if (isMeant)
    crash(
      options,
      request.on('error', () => undefined),
    );
  return request;
};
syncBuiltinESMExports();
