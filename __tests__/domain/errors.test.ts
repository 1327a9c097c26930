import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import {
  ActionError,
  InputError,
  isCertificateError,
  OutcomeUnknownError,
  RequestError,
  toActionError,
} from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';

describe('ActionError', () => {
  it('keeps what failed, what to do, what caused it, and what does it by hand', () => {
    const cause = new Error('read ECONNRESET');
    const error = new ActionError('It failed.', { hint: 'Run again.', cause, command: 'curl x' });
    expect(error).toMatchObject({ message: 'It failed.', hint: 'Run again.', cause, command: 'curl x' });
    expect(new ActionError('It failed.').command).toBeUndefined();
  });

  it('has no cause property when there is no cause', () => {
    expect(new ActionError('It failed.')).not.toHaveProperty('cause');
  });

  it('is named after its kind', () => {
    expect(new InputError('x').name).toBe('InputError');
    expect(new NetworkError('x', { retryability: 'ambiguous' }).name).toBe('NetworkError');
  });
});

describe('CloudflareApiError', () => {
  it('is a request error that keeps what Cloudflare said', () => {
    const errors = [{ code: 10_000, message: 'Authentication error' }];
    const error = new CloudflareApiError('x', {
      retryability: 'permanent',
      status: 401,
      errors,
      rayId: 'abc',
      permission: 'Some: Read',
    });
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      status: 401,
      errors,
      rayId: 'abc',
      permission: 'Some: Read',
      retryAfterMs: undefined,
    });
  });
});

describe('OutcomeUnknownError', () => {
  it('tells the refusal and that it may be done, and may be looked at again', () => {
    const refusal = new NetworkError('Not allowed.', {
      retryability: 'not-carried-out',
      retryAfterMs: 7000,
      hint: 'Wait.',
    });
    const error = new OutcomeUnknownError(refusal);
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      message: expect.stringMatching(/^Not allowed\. .*may have been carried out/),
      hint: 'Wait.',
      cause: refusal,
      retryability: 'ambiguous',
      retryAfterMs: 7000,
    });
  });
});

describe('toActionError', () => {
  it('leaves an action error as it is', () => {
    const error = new InputError('Input mode is missing.');
    expect(toActionError(error)).toBe(error);
  });

  it('takes any other error for a defect, keeps it as the cause and asks for an issue', () => {
    const cause = new TypeError('x is not a function');
    const error = toActionError(cause);
    expect(error).toMatchObject({ message: 'TypeError: x is not a function', cause });
    expect(error.hint).toContain('issue');
  });

  it.each([['a string'], [undefined], [null], [42], [Symbol('s')]])(
    'makes an error of %o, which is none',
    (thrown) => {
      const error = toActionError(thrown);
      expect(error).toBeInstanceOf(ActionError);
      expect(error.message).toContain(inspect(thrown));
    },
  );

  it.each([
    ['[object Object]', { token: 'a secret' }],
    ['[object Object]', Object.assign(Object.create(null), { token: 'a secret' })],
    ['[object Array]', ['a secret']],
    ['[object Function]', Object.assign(() => 'a secret', { token: 'a secret' })],
  ])('says %s of an object that is thrown, and not what is in it', (kind, thrown) => {
    const { message } = toActionError(thrown);
    expect(message).toContain(kind);
    expect(message).not.toContain('a secret');
  });
});

describe('isCertificateError', () => {
  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('knows %s', (code) => {
    expect(isCertificateError(code)).toBe(true);
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', 'EPROTO', undefined, 7])('does not take %j for one', (code) => {
    expect(isCertificateError(code)).toBe(false);
  });
});
