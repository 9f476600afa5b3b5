import * as fc from 'fast-check';
import { variable } from './variable';

const described = { env: 'X', description: 'd' };

describe('variable', () => {
  it('reads exactly the integers within its bounds', () => {
    const kind = variable.integer({ ...described, min: -5, max: 5 });
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), (value) => {
        expect(kind.parse(String(value))).toEqual(
          value >= -5 && value <= 5 ? { value } : { wrong: 'is not an integer from -5 to 5' },
        );
      }),
    );
  });

  test.each(['', '1.5', '1e3', 'NaN', '0x1', 'ten', '9'.repeat(400)])('refuses %j as an integer', (text) => {
    expect(variable.integer({ ...described, min: 0, max: 10_000 }).parse(text)).toHaveProperty('wrong');
  });

  it('takes true and false as flags, and no other word', () => {
    const kind = variable.flag(described);
    expect([kind.parse('true'), kind.parse('false')]).toEqual([{ value: true }, { value: false }]);
    expect(kind.parse('yes')).toEqual({ wrong: 'is neither true nor false' });
  });

  it('takes one of its choices, and names them otherwise', () => {
    const kind = variable.choice({ ...described, of: ['auto', 'manual'] });
    expect(kind.parse('manual')).toEqual({ value: 'manual' });
    expect(kind.parse('Manual')).toEqual({ wrong: 'is none of auto, manual' });
  });

  it('takes counts by name', () => {
    const kind = variable.counts({ ...described, min: 1, max: 20, maxNames: 2 });
    expect(kind.parse('service-a=2, service-b=1')).toEqual({ value: { 'service-a': 2, 'service-b': 1 } });
  });

  test.each([
    '',
    'a',
    'a=',
    'a=0',
    'a=21',
    'a=1.5',
    '=1',
    'a b=1',
    'a=1=1',
    'a=1,',
    'a=1,a=2',
    'a=1,b=1,c=1',
  ])('refuses %j as counts', (text) => {
    const kind = variable.counts({ ...described, min: 1, max: 20, maxNames: 2 });
    expect(kind.parse(text)).toHaveProperty('wrong');
  });

  it('is required without a default, optional with an undefined one', () => {
    expect(variable.text(described).required).toBe(true);
    expect(variable.text({ ...described, default: undefined }).required).toBe(false);
  });
});
