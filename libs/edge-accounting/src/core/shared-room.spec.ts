import { SharedRoom } from './shared-room';

function roomOf(size: number, taken: readonly (readonly [part: string, by: string])[]): SharedRoom {
  const room = new SharedRoom(size);
  for (const [part, by] of taken) room.use(part, by);
  return room;
}

describe('SharedRoom', () => {
  it('makes nothing leave while there is room', () => {
    expect(roomOf(2, [['a1', 'a']]).use('a2', 'a')).toBeUndefined();
  });

  it('makes the part used longest ago leave when its taker is the only one', () => {
    const room = roomOf(2, [
      ['a1', 'a'],
      ['a2', 'a'],
      ['a1', 'a'],
    ]);
    expect(room.use('a3', 'a')).toBe('a2');
  });

  it('makes who has more than a share give up its own, although the parts of others are older', () => {
    const room = roomOf(4, [
      ['b1', 'b'],
      ['a1', 'a'],
      ['a2', 'a'],
      ['a3', 'a'],
    ]);
    expect([room.use('a4', 'a'), room.use('a5', 'a'), room.takerOf('b1')]).toEqual(['a1', 'a2', 'b']);
  });

  it('makes room for one with less than a share at the cost of the oldest', () => {
    const room = roomOf(4, [
      ['a1', 'a'],
      ['a2', 'a'],
      ['a3', 'a'],
      ['a4', 'a'],
    ]);
    expect([room.use('b1', 'b'), room.use('b2', 'b')]).toEqual(['a1', 'a2']);
  });

  it('keeps the part that was just taken when there are more takers than room', () => {
    const room = roomOf(1, [['a1', 'a']]);
    expect([room.use('b1', 'b'), room.use('c1', 'c')]).toEqual(['a1', 'b1']);
  });

  it('leaves a part with who took it first, whoever uses it', () => {
    const room = roomOf(2, [
      ['a1', 'a'],
      ['a1', 'b'],
    ]);
    expect(room.takerOf('a1')).toBe('a');
  });
});
