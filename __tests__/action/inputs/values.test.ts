import { describe, expect, it } from 'vitest';
import { refusalOf, settingsOf } from '../../real/action-inputs.ts';

describe('readSettings: timeout and poll-interval', () => {
  it('reads durations with a unit', async () => {
    const { settings } = await settingsOf({ timeout: '2h', 'poll-interval': '1s' });
    expect(settings.wait).toMatchObject({ timeoutMs: 7_200_000, pollIntervalMs: 1000 });
  });

  it('accepts a timeout of 0, which looks once', async () => {
    expect((await settingsOf({ timeout: '0' })).settings.wait.timeoutMs).toBe(0);
  });

  it.each(['timeout', 'poll-interval', 'confirm-within'])(
    'refuses a %s without a unit and asks which was meant',
    async (name) => {
      const { message, hint } = await refusalOf({ [name]: '5' });
      expect(message).toContain(`${name}: "5"`);
      expect(message).toContain('duration');
      for (const example of ['90s', '15m', '2h']) expect(hint).toContain(example);
      expect(hint).toMatch(/\bmean\b.*\b5m\b.*\b5s\b/);
    },
  );

  it.each(['soon', '-5m', '25d'])('refuses the timeout %j and asks nothing', async (timeout) => {
    const { message, hint } = await refusalOf({ timeout });
    expect(message).toContain(`timeout: "${timeout}"`);
    expect(message).toContain('duration');
    expect(hint).toContain('24d');
    expect(hint).not.toContain('mean');
  });
});

describe('readSettings: choices', () => {
  it.each(['True', 'TRUE', 'true'])('reads %j as true', async (text) => {
    const { settings } = await settingsOf({ 'dry-run': text, 'use-fedramp-language': text });
    expect(settings).toMatchObject({ dryRun: true, useFedrampLanguage: true });
  });

  it.each([
    ['true', 'true'],
    ['TRUE', 'true'],
    ['strict', 'strict'],
    ['Strict', 'strict'],
    [' STRICT\n', 'strict'],
    ['false', 'false'],
    ['False', 'false'],
    ['', 'true'],
  ])('reads preflight: %j as %j', async (preflight, policy) => {
    expect((await settingsOf({ preflight })).settings.preflight).toBe(policy);
  });

  it('reads false', async () => {
    const { settings } = await settingsOf({
      'begin-verification': 'FALSE',
      'use-fedramp-language': 'false',
    });
    expect(settings).toMatchObject({ beginVerification: false, useFedrampLanguage: false });
  });

  it('reads on-timeout', async () => {
    expect((await settingsOf({ 'on-timeout': 'continue' })).settings.wait.onTimeout).toBe('continue');
  });

  it.each([
    ['preflight', 'yes', /\btrue\b.*\bstrict\b.*\bfalse\b/],
    ['preflight', 'true, strict', /\btrue\b.*\bstrict\b.*\bfalse\b/],
    ['dry-run', '1', /\btrue\b.*\bfalse\b/],
    ['begin-verification', 'on', /\btrue\b.*\bfalse\b/],
    ['use-fedramp-language', 'maybe', /\btrue\b.*\bfalse\b/],
    ['on-timeout', 'ignore', /\bfail\b.*\bcontinue\b/],
    ['on-timeout', 'true', /\bfail\b.*\bcontinue\b/],
  ])('refuses %s: %s', async (name, text, choices) => {
    const { message, hint } = await refusalOf({ [name]: text });
    expect(message).toContain(`${name}: "${text}"`);
    expect(hint).toMatch(choices);
  });
});
