import * as fc from 'fast-check';
import { utf8Length } from './utf8-length';

describe('the length of a text in UTF-8', () => {
  it('is what an encoder needs, for every text, lone surrogates included', () => {
    const texts = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    });
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });
});
