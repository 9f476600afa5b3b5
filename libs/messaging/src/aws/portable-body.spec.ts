import * as fc from 'fast-check';
import { portableBody } from './portable-body';

describe('a portable body', () => {
  it('has the same value and no character beyond U+FFFF, for every JSON', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (body) => {
        expect(JSON.parse(portableBody(body))).toEqual(JSON.parse(body));
        expect(portableBody(body)).not.toMatch(/[\u{10000}-\u{10ffff}]/u);
      }),
    );
  });

  it('is the same text where nothing needs an escape, and where it is not JSON', () => {
    expect(portableBody('{"text": "äöü"}')).toBe('{"text": "äöü"}');
    expect(portableBody('not JSON 😀')).toBe('not JSON 😀');
  });
});
