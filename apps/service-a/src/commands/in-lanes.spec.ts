import { inLanes } from './in-lanes';

describe('inLanes', () => {
  it('gives the results in the order of the items', async () => {
    expect(await inLanes([3, 1, 2], String, async (n) => n * 10)).toEqual([30, 10, 20]);
  });

  it('begins an item when the one before it in its lane has ended, and no earlier', async () => {
    const log: string[] = [];
    const gates = new Map<string, () => void>();
    const done = inLanes(
      ['a1', 'a2', 'b1'],
      (item) => item.charAt(0),
      async (item) => {
        log.push(`begin ${item}`);
        await new Promise<void>((resolve) => gates.set(item, resolve));
        log.push(`end ${item}`);
      },
    );
    const turn = async () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    expect(log).toEqual(['begin a1', 'begin b1']);
    gates.get('a1')?.();
    await turn();
    expect(log).toEqual(['begin a1', 'begin b1', 'end a1', 'begin a2']);
    gates.get('a2')?.();
    gates.get('b1')?.();
    await done;
  });
});
