import * as fc from 'fast-check';
import { decodeSubjectCursor, decodeVersionCursor, encodeCursor, InvalidCursorError } from './cursor';

describe(encodeCursor, () => {
  it('carries any subject, in text that a URL takes as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (subject) => {
        const cursor = encodeCursor('subjects', subject);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeSubjectCursor(cursor)).toBe(subject);
      }),
    );
  });

  it('carries any version number', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (number) =>
        expect(decodeVersionCursor(encodeCursor('versions', number))).toBe(number),
      ),
    );
  });

  it('refuses anything else as a cursor, without another error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeVersionCursor(text)).toThrow(InvalidCursorError);
        expect(() => decodeSubjectCursor(text)).toThrow(InvalidCursorError);
      }),
    );
  });

  it.each([1.5, '1'])('refuses a cursor that says version %p', (number) => {
    expect(() => decodeVersionCursor(encodeCursor('versions', number))).toThrow(InvalidCursorError);
  });
});
