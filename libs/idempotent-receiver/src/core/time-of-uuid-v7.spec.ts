import * as fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { timeOfUuidV7 } from './time-of-uuid-v7';

describe(timeOfUuidV7, () => {
  it('reads the example of RFC 9562, appendix A.6', () => {
    expect(timeOfUuidV7('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(Date.parse('2022-02-22T19:22:22Z'));
  });

  it('reads the time of any UUID of version 7', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 - 1 }), (msecs) => expect(timeOfUuidV7(v7({ msecs }))).toBe(msecs)),
    );
  });

  it.each([v4(), '', 'order-17', '017f22e279b07cc398c4dc0c0c07398f', `${v7()} `, v7().replace(/-/, '_')])(
    'says nothing of %p',
    (id) => {
      expect(timeOfUuidV7(id)).toBeUndefined();
    },
  );
});
