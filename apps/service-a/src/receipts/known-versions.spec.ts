import { KnownVersions } from './known-versions';

describe('KnownVersions', () => {
  it('knows nothing of a subject that no receipt was for', () => {
    expect(new KnownVersions().of('cart-7')).toBeUndefined();
  });

  it('keeps the newest version when receipts come out of order', () => {
    const known = new KnownVersions();
    for (const version of [2, 5, 3]) known.note('cart-7', version);
    expect(known.of('cart-7')).toBe(5);
  });

  it('forgets the subject heard of longest ago when there are more than it may hold', () => {
    const known = new KnownVersions(2);
    known.note('a', 1);
    known.note('b', 1);
    known.note('a', 2);
    known.note('c', 1);
    expect(['a', 'b', 'c'].map((subject) => known.of(subject))).toEqual([2, undefined, 1]);
  });
});
