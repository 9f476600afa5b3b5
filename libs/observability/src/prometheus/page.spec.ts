import { roomFor } from './page';

describe('roomFor', () => {
  it('takes the spare memory as long as the page fits', () => {
    const spare = roomFor(1_600, undefined);
    expect(spare).toHaveLength(1_700);
    expect(roomFor(1_700, spare)).toBe(spare);
    expect(roomFor(1_701, spare)).not.toBe(spare);
  });

  it('gives memory back that is far too large', () => {
    const spare = roomFor(100_000, undefined);
    expect(roomFor(10_000, spare).length).toBeLessThan(11_000);
  });
});
