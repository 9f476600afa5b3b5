import { MemoryWorld, START_MS, startProcess } from '../testing/memory-service';
import { takePendingCensus } from './pending-census';

describe('takePendingCensus', () => {
  it('finds nothing where nothing waits', async () => {
    expect(await takePendingCensus(new MemoryWorld().outbox, 'service-a')).toEqual({ count: 0 });
  });

  it('counts what waits, and since when the oldest does, over several pages', async () => {
    const world = new MemoryWorld();
    const { acceptor } = await startProcess(world);
    for (let i = 0; i < 205; i += 1) {
      await acceptor.accept({ command: { subject: 's', operation: 'delete' } });
      world.nowMs += 1;
    }
    expect(await takePendingCensus(world.outbox, 'service-a')).toEqual({
      count: 205,
      oldestSinceMs: START_MS,
    });
  });

  it('counts a redriven event from its redrive', async () => {
    const world = new MemoryWorld();
    const { acceptor, outbox } = await startProcess(world);
    await acceptor.accept({ command: { subject: 's', operation: 'delete' } });
    const { id, fingerprint } = world.outbox.all()[0]!;
    await outbox.settle({ id, fingerprint, result: 'failed', certain: false, reason: 'dead_lettered' });
    world.nowMs += 1_000;
    await outbox.redrive(id);
    expect(await takePendingCensus(world.outbox, 'service-a')).toEqual({
      count: 1,
      oldestSinceMs: START_MS + 1_000,
    });
  });
});
