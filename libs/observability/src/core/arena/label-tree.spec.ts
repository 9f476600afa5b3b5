import * as fc from 'fast-check';
import { LabelTree, type Place } from './label-tree';

interface Item {
  readonly id: number;
  place?: Place<Item>;
}

describe('LabelTree', () => {
  it('finds exactly what was added and not removed, for any depth and values', () => {
    const value = fc.oneof(fc.constantFrom('a', 'b', '', '__proto__'), fc.string({ maxLength: 3 }));
    const deep = fc.integer({ min: 1, max: 4 }).chain((depth) =>
      fc.record({
        depth: fc.constant(depth),
        steps: fc.array(
          fc.record({ values: fc.array(value, { minLength: depth, maxLength: depth }), adds: fc.boolean() }),
        ),
      }),
    );
    fc.assert(
      fc.property(deep, ({ depth, steps }) => {
        const tree = new LabelTree<Item>(depth);
        const expected = new Map<string, Item>();
        steps.forEach(({ values, adds }, id) => {
          const key = JSON.stringify(values);
          const known = expected.get(key);
          if (adds && !known) {
            const item: Item = { id };
            item.place = tree.add(values, item);
            expected.set(key, item);
          }
          if (!adds && known?.place) {
            tree.remove(known.place);
            tree.remove(known.place);
            expected.delete(key);
          }
          expect(tree.get(values)).toBe(expected.get(key));
          expect(tree.size).toBe(expected.size);
        });
      }),
    );
  });

  it('does not remove a branch that was grown anew', () => {
    const tree = new LabelTree<Item>(2);
    const old = tree.add(['a', '1'], { id: 1 });
    tree.remove(old);
    const item = { id: 2 };
    tree.add(['a', '1'], item);
    tree.remove(old);
    expect(tree.get(['a', '1'])).toBe(item);
  });
});
