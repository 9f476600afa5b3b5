import { VirtualTime } from '../../testing';
import { keepHidden } from './keep-hidden';

describe('keeping messages hidden', () => {
  it('extends once every period until it is stopped', async () => {
    const time = new VirtualTime();
    const atMs: number[] = [];
    const startMs = time.now();
    const extension = keepHidden({
      everyMs: 10_000,
      schedule: time.schedule,
      extend: async () => void atMs.push(time.now() - startMs),
    });
    await time.advance(35_000);
    await extension.stop();
    await time.advance(60_000);
    expect(atMs).toEqual([10_000, 20_000, 30_000]);
    expect(time.timers).toBe(0);
  });

  it('is stopped only when the extension on its way has ended', async () => {
    const time = new VirtualTime();
    let ended = false;
    const extension = keepHidden({
      everyMs: 10,
      schedule: time.schedule,
      extend: async () => {
        await new Promise<void>((resolve) => void time.schedule(5, resolve));
        ended = true;
      },
    });
    await time.advance(10);
    const stopped = extension.stop().then(() => ended);
    await time.advance(5);
    expect(await stopped).toBe(true);
    expect(time.timers).toBe(0);
  });
});
