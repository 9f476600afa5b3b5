import { LogFixture, SERVICE } from '../testing/log-fixture';
import { acquireSlot, MAX_SLOTS, takeOver } from './acquire-slot';

describe('acquireSlot', () => {
  let log: LogFixture;
  beforeEach(() => (log = new LogFixture()));

  const acquire = () => acquireSlot(SERVICE, log.ports);

  it('takes slots densely from 0, each at epoch 1 and mark 1', async () => {
    for (const slot of [0, 1, 2])
      expect((await acquire()).writer).toMatchObject({ slot, epoch: 1, lowWater: 1, state: 'held' });
  });

  it('takes the first released slot before a new one, with a higher epoch and its mark', async () => {
    const [, second, third] = [await acquire(), await acquire(), await acquire()];
    await third?.release(8);
    await second?.release(5);
    expect((await acquire()).writer).toMatchObject({ slot: 1, epoch: 2, lowWater: 5, state: 'held' });
    expect((await acquire()).writer).toMatchObject({ slot: 2, epoch: 2, lowWater: 8 });
    expect((await acquire()).writer.slot).toBe(3);
  });

  it('gives writers that start at the same time a slot each', async () => {
    const held = await Promise.all(Array.from({ length: 10 }, acquire));
    expect(held.map(({ writer }) => writer.slot).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('owns the slot when the reply to its put was lost', async () => {
    log.writerFaults.next('reply lost');
    expect((await acquire()).writer.slot).toBe(0);
    expect(await log.writers.readAll(SERVICE)).toHaveLength(1);
  });

  it('gives up when all slots are held', async () => {
    for (let slot = 0; slot < MAX_SLOTS; slot += 1) await acquire();
    await expect(acquire()).rejects.toMatchObject({ code: 'slot_unavailable', service: SERVICE });
  });

  describe('takeOver', () => {
    it('raises the epoch in the item that holds the mark', async () => {
      const { writer } = await acquire();
      const taken = await takeOver(writer, log.ports);
      expect(taken?.writer).toMatchObject({ slot: 0, epoch: 2, lowWater: 1, state: 'held' });
      expect(await log.writers.read(SERVICE, 0)).toEqual(taken?.writer);
    });

    it('fails when the writer showed life since it was seen', async () => {
      const held = await acquire();
      const seen = held.writer;
      await held.moveMark(2);
      expect(await takeOver(seen, log.ports)).toBeUndefined();
    });

    it('goes to one of several', async () => {
      const { writer } = await acquire();
      const taken = await Promise.all([1, 2, 3].map(() => takeOver(writer, log.ports)));
      expect(taken.filter((held) => held !== undefined)).toHaveLength(1);
    });
  });
});
