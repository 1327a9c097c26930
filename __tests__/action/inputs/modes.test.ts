import { describe, expect, it } from 'vitest';
import { refusalOf, settingsOf } from '../../real/action-inputs.ts';

describe('readSettings: mode', () => {
  it.each([
    ['create', ['create']],
    ['disable,delete', ['disable', 'delete']],
    ['check,create', ['check', 'create']],
    ['create\nwait-for-dns\r\n  enable\n', ['create', 'wait-for-dns', 'enable']],
    [' create ,, wait-for-dns,\n', ['create', 'wait-for-dns']],
  ])('reads %j in the order given', async (mode, modes) => {
    expect((await settingsOf({ mode })).settings.modes).toEqual(modes);
  });

  it.each([
    ['destroy', /mode: "destroy"/],
    ['Create', /mode: "Create"/],
    ['create, destroy', /mode: "destroy"/],
    ['', /mode\b.*\bmissing/],
    [' , ', /mode\b.*\bmissing/],
  ])('refuses %j and lists the modes', async (mode, what) => {
    const { message, hint } = await refusalOf({ mode });
    expect(message).toMatch(what);
    expect(hint).toContain('preflight, create, publish-dns, wait-for-dns, enable, check, disable, delete');
  });

  it('refuses a mode that is named twice', async () => {
    const { message, hint } = await refusalOf({ mode: 'create, enable, create' });
    expect(message).toMatch(/mode: "create".*\btwice/);
    expect(hint).toContain('once');
  });
});

describe('readSettings: the order of modes', () => {
  const chain = ['preflight', 'create', 'publish-dns', 'wait-for-dns', 'enable'];

  it.each([
    chain.join(', '),
    'create, publish-dns, wait-for-dns, enable',
    'create, wait-for-dns, enable, check',
    'preflight',
    'preflight, enable',
    'preflight, check',
    'check, preflight',
    'disable, preflight',
    'check, create, enable',
    'create, check, wait-for-dns',
    'publish-dns, enable',
    'disable, delete',
    'delete, create, publish-dns',
    'disable, check',
    'check',
  ])('accepts %j', async (mode) => {
    const { settings } = await settingsOf({ mode });
    expect(settings.modes).toEqual(mode.split(', '));
  });

  it.each(['enable, disable', 'disable, enable', 'create, enable, check, delete'])(
    'refuses to enable and take back in one step: %j',
    async (mode) => {
      const { message, hint } = await refusalOf({ mode });
      expect(message).toContain(`mode: "${mode}"`);
      expect(hint).toMatch(/\bstep\b.*\benable\b.*\bdisable or delete\b/);
    },
  );

  it.each([
    ['wait-for-dns, create', 'create, wait-for-dns'],
    ['delete, disable', 'disable, delete'],
    ['enable, create, wait-for-dns', 'create, wait-for-dns, enable'],
    ['wait-for-dns, publish-dns', 'publish-dns, wait-for-dns'],
    ['create, enable, check, wait-for-dns', 'create, wait-for-dns, enable'],
    ['publish-dns, check, create', 'create, publish-dns'],
    ['enable, preflight', 'preflight, enable'],
    ['create, preflight, enable', 'preflight, create, enable'],
    ['wait-for-dns, preflight', 'preflight, wait-for-dns'],
  ])('refuses %j and gives the one that works', async (mode, right) => {
    const { message, hint } = await refusalOf({ mode });
    expect(message).toContain(`mode: "${mode}"`);
    expect(message).toContain('order');
    // The whole list: nothing before it, nothing after it.
    expect(hint).toMatch(new RegExp(`(?<!, )\\b${right}\\b(?!,|-)`));
  });
});
