import * as fc from 'fast-check';
import { RowSlab } from './row-slab';

interface Item {
  index: number;
  readonly text: string;
}

const ROW_BYTES = 4_000;
const bytesOf = (text: string) => new TextEncoder().encode(text.padEnd(ROW_BYTES, '.'));
const textOf = (slab: RowSlab<Item>) => {
  const page = new Uint8Array(slab.byteLength + 2);
  expect(slab.copyTo(page, 1)).toBe(slab.byteLength + 1);
  return new TextDecoder().decode(page.subarray(1, -1));
};

describe('RowSlab', () => {
  it('copies exactly the rows that were added and not removed, over any number of blocks', () => {
    const commands = fc.array(fc.oneof(fc.constant('add'), fc.nat()), { maxLength: 60 });
    fc.assert(
      fc.property(commands, (each) => {
        const slab = new RowSlab<Item>(ROW_BYTES);
        const live: Item[] = [];
        each.forEach((command, number) => {
          if (command === 'add') {
            const item = { index: 0, text: `row ${number}` };
            slab.add(item, bytesOf(item.text));
            live.push(item);
          } else if (live.length > 0) {
            const [removed] = live.splice(command % live.length, 1);
            slab.remove(removed!);
          }
        });
        const rows = textOf(slab).match(new RegExp(`.{${ROW_BYTES}}`, 'g')) ?? [];
        expect(rows.map((row) => row.replace(/\.+$/, '')).sort()).toEqual(
          live.map(({ text }) => text).sort(),
        );
        for (const item of live) expect([...slab.textOf(item)]).toEqual([...bytesOf(item.text)]);
      }),
    );
  });
});
