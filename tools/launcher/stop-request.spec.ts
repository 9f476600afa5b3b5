import { StopRequest } from './stop-request';

describe('StopRequest', () => {
  let nowMs = 0;
  const request = (): StopRequest => {
    nowMs = 10_000;
    return new StopRequest(() => nowMs);
  };

  test('stops on the first signal', () => {
    const stop = request();
    expect(stop.requested).toBe(false);
    expect(stop.signalled()).toBe('stop');
    expect(stop.requested).toBe(true);
  });

  test('takes a second signal within 700 ms for an echo that npm passed on', () => {
    const stop = request();
    stop.signalled();
    nowMs += 699;
    expect(stop.signalled()).toBe('ignore');
  });

  test('forces on a second signal from 700 ms on', () => {
    const stop = request();
    stop.signalled();
    nowMs += 700;
    expect(stop.signalled()).toBe('force');
  });
});
