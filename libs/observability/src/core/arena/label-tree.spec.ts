import * as fc from 'fast-check';
import { type Branch, type Leaf, LabelTree } from './label-tree';

class Item implements Leaf<Item> {
  branch: Branch<Item> | undefined;
  leafValue = '';
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
        steps.forEach(({ values, adds }) => {
          const key = JSON.stringify(values);
          const known = expected.get(key);
          if (adds && !known) {
            const item = new Item();
            tree.add(values, item);
            expected.set(key, item);
          }
          if (!adds && known) {
            tree.remove(known);
            tree.remove(known);
            expected.delete(key);
          }
          expect(tree.get(values)).toBe(expected.get(key));
          expect(tree.size).toBe(expected.size);
        });
      }),
    );
  });

  it('does not remove an item that took the place of one that was removed', () => {
    const tree = new LabelTree<Item>(2);
    const [old, item] = [new Item(), new Item()];
    tree.add(['a', '1'], old);
    tree.remove(old);
    tree.add(['a', '1'], item);
    tree.remove(old);
    expect(tree.get(['a', '1'])).toBe(item);
  });
});
