import { VirtualClock } from './virtual-clock';

describe('the virtual clock', () => {
  it('stands still until it is told to go on', () => {
    const clock = new VirtualClock(1_000);
    clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  it('runs timers in the order of their times, each at its own', () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    clock.after(20, () => ran.push(`b at ${clock.now()}`));
    clock.after(10, () => ran.push(`a at ${clock.now()}`));
    clock.after(30, () => ran.push(`c at ${clock.now()}`));
    clock.advance(20);
    expect(ran).toEqual(['a at 10', 'b at 20']);
  });

  it('runs timers of one time in the order in which they were set', () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    for (const i of [1, 2, 3]) clock.after(10, () => ran.push(i));
    clock.advance(10);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('runs a timer that a timer sets within the same stretch of time', () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    clock.after(10, () => void clock.after(5, () => ran.push(clock.now())));
    clock.advance(20);
    expect(ran).toEqual([15]);
  });

  it('forgets a timer that was cancelled', () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    clock.after(10, () => ran.push(10))();
    clock.advance(20);
    expect(ran).toEqual([]);
  });

  it('keeps the promise of a delay when its time has come', async () => {
    const clock = new VirtualClock(0);
    const delayed = clock.delay(10).then(() => clock.now());
    clock.advance(10);
    await expect(delayed).resolves.toBe(10);
  });
});
