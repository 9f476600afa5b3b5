import { MAX_STRAGGLERS, Stragglers } from './stragglers';

describe('Stragglers', () => {
  it('keep the stronger fate of a number that comes twice', () => {
    const stragglers = new Stragglers();
    stragglers.note(5, 'delivered');
    stragglers.note(6, 'attempted');
    stragglers.note(5, 'attempted');
    stragglers.note(6, 'dead_lettered');
    expect(stragglers.toWire()).toEqual({ delivered: [5], dead_lettered: [6] });
  });

  it('drop the number noted longest ago when there are too many, and say which', () => {
    const stragglers = new Stragglers();
    for (let sequence = 1; sequence <= MAX_STRAGGLERS; sequence += 1)
      expect(stragglers.note(sequence, 'delivered')).toBeUndefined();
    expect(stragglers.note(100, 'delivered')).toBe(1);
    expect([...stragglers.entries()]).toHaveLength(MAX_STRAGGLERS);
  });

  it('are the same after they have travelled, and nothing travels without any', () => {
    const stragglers = new Stragglers();
    expect(stragglers.toWire()).toBeUndefined();
    stragglers.note(7, 'delivered');
    stragglers.note(3, 'attempted');
    const read = Stragglers.fromWire(stragglers.toWire(), { upTo: 10 });
    expect(read && new Map(read.entries())).toEqual(new Map(stragglers.entries()));
  });

  it.each([
    ['no object', 7],
    ['another fate', { void: [1] }],
    ['a number that is in the window', { delivered: [11] }],
    ['0', { delivered: [0] }],
    ['half a number', { delivered: [1.5] }],
    ['too many', { delivered: Array.from({ length: MAX_STRAGGLERS + 1 }, () => 1) }],
  ])('are not read from %s', (_what, value) => {
    expect(Stragglers.fromWire(value, { upTo: 10 })).toBeUndefined();
  });
});
