import { describe, expect, it } from 'vitest';
import { debugLines, toldOnce } from '../../src/action/failures.ts';
import { ActionError } from '../../src/domain/errors.ts';
import { naming } from '../../src/text/naming.ts';

const refused = new ActionError('The token is refused.', { hint: 'Look at it.' });

describe('toldOnce', () => {
  it('tells a failure of several email domains and of the run once, with all that it concerns', () => {
    const other = new ActionError('The token is refused.', { hint: 'Another hint.' });
    const told = toldOnce([
      { emailDomain: 'a.example', error: refused },
      { emailDomain: 'b.example', error: other },
      { emailDomain: 'c.example', error: new ActionError('The token is refused.', { hint: 'Look at it.' }) },
      { emailDomain: undefined, error: refused },
    ]);
    expect(told).toEqual([
      { subject: 'a.example, c.example', error: refused },
      { subject: 'b.example', error: other },
    ]);
  });

  it('leaves a failure of the run alone without an email domain', () => {
    expect(toldOnce([{ emailDomain: undefined, error: refused }])).toEqual([
      { subject: undefined, error: refused },
    ]);
  });
});

describe('naming', () => {
  it.each([
    [0, ''],
    [1, 'd0'],
    [5, 'd0, d1, d2, d3, d4'],
    [1000, 'd0, d1, d2, d3, d4 and 995 more'],
  ])('names %d email domains in bounded length', (count, text) => {
    expect(
      naming(
        Array.from({ length: count }, (_, index) => `d${index}`),
        5,
      ),
    ).toBe(text);
  });
});

describe('debugLines', () => {
  it('gives the stack and then those of the causes', () => {
    const cause = new TypeError('the cause');
    const lines = debugLines(new ActionError('It failed.', { cause }));
    expect(lines[0]).toContain('It failed.');
    const at = lines.indexOf('caused by');
    expect(at).toBeGreaterThan(0);
    expect(lines[at + 1]).toBe('TypeError: the cause');
  });

  it('gives the name and the message where there is no stack', () => {
    const error = new RangeError('no stack');
    delete error.stack;
    expect(debugLines(error)).toEqual(['RangeError: no stack']);
  });

  it('gives nothing for what is no error', () => {
    expect(debugLines('text')).toEqual([]);
  });
});
