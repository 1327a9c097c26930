import { describe, expect, it } from 'vitest';
import { type Exchange, SilenceError, withinLimits } from '../../../src/dns/transports/transport.ts';
import { rejectionOf } from '../../checks/errors.ts';

const limits = { timeoutMs: 60_000, signal: new AbortController().signal };

/** The end of an exchange that begins so, and how often its resources were released. */
function exchangeOf(start: (exchange: Exchange) => void) {
  const released = { count: 0 };
  const outcome = withinLimits(limits, (exchange) => {
    start(exchange);
    return () => {
      released.count += 1;
    };
  });
  return { outcome, released };
}

describe('the reason for silence', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENETUNREACH', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['EADDRNOTAVAIL', 'unreachable'],
    ['EAFNOSUPPORT', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'closed'],
    ['EPERM', 'closed'],
    ['ERR_HTTP2_STREAM_ERROR', 'closed'],
    ['CERT_HAS_EXPIRED', 'certificate'],
  ])('behind %s is %s', async (code, silence) => {
    const { outcome, released } = exchangeOf(({ fail }) => fail(Object.assign(new Error(code), { code })));
    expect(await outcome).toEqual({ ok: false, silence });
    expect(released.count).toBe(1);
  });

  it('is what the transport itself has found', async () => {
    const { outcome } = exchangeOf(({ fail }) => fail(new SilenceError('too slow', 'timeout')));
    expect(await outcome).toEqual({ ok: false, silence: 'timeout' });
  });

  it.each([
    new TypeError('Promise.withResolvers is not a function'),
    Object.assign(new TypeError('invalid'), { code: 'ERR_INVALID_ARG_TYPE' }),
    new Error('odd'),
  ])('is none for a defect, which ends the exchange as it is: %s', async (defect) => {
    const { outcome, released } = exchangeOf(({ fail }) => fail(defect));
    expect(await rejectionOf(outcome, Error)).toBe(defect);
    expect(released.count).toBe(1);
  });

  it('is the first of several', async () => {
    const { outcome } = exchangeOf(({ settle, fail }) => {
      settle({ ok: false, silence: 'http-status' });
      fail(new TypeError('late'));
    });
    expect(await outcome).toEqual({ ok: false, silence: 'http-status' });
  });
});
