import * as fc from 'fast-check';
import { MAX_LAMPORT, parseLamport } from './lamport-time';

describe('parseLamport', () => {
  it('reads back every time it is given in decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_LAMPORT }), (time) => parseLamport(String(time)) === time),
    );
  });

  it('accepts the highest time and refuses the one above it', () => {
    expect(parseLamport('4503599627370496')).toBe(MAX_LAMPORT);
    expect(parseLamport('4503599627370497')).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    '01',
    '+1',
    '-1',
    '-0',
    '1.0',
    '1e3',
    '0x10',
    '1 ',
    ' 1',
    '1\n',
    'NaN',
    'Infinity',
    '٣',
    '9'.repeat(400),
  ])('refuses %j', (text) => {
    expect(parseLamport(text)).toBeUndefined();
  });

  it.each([1, 1n, null, undefined, true, ['1'], { valueOf: () => 1 }])(
    'refuses what is not text (case %#)',
    (value) => {
      expect(parseLamport(value)).toBeUndefined();
    },
  );

  it('never throws and never answers outside of its range', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const time = parseLamport(value);
        return time === undefined || (Number.isSafeInteger(time) && time >= 0 && time <= MAX_LAMPORT);
      }),
    );
  });
});
