import { labelText } from './label-text';

describe('labelText', () => {
  it('writes the labels in the order of their names', () => {
    expect(labelText(['b', 'a'], { a: '1', b: '2' })).toBe('{b="2",a="1"}');
  });

  it('is empty for a metric without labels', () => {
    expect(labelText([], {})).toBe('');
  });

  it('escapes what would end the value or the line', () => {
    expect(labelText(['a'], { a: '"\\\n' })).toBe(String.raw`{a="\"\\\n"}`);
  });

  it('writes a lone surrogate as the bytes on the wire have it, and leaves pairs alone', () => {
    expect(labelText(['a'], { a: '\ud83d x \ud83d\ude00' })).toBe('{a="\ufffd x \ud83d\ude00"}');
  });

  it('writes a missing label as the empty text', () => {
    expect(labelText(['a'], {})).toBe('{a=""}');
  });
});
