import type { Log } from '@latido/observability';
import { STOP_PHASES, StopSequence } from './stop-sequence';

describe('StopSequence', () => {
  let lines: string[];
  let stop: StopSequence;

  beforeEach(() => {
    lines = [];
    const line: Log['info'] = ({ event, step }) => void lines.push(`${event} ${String(step)}`);
    stop = new StopSequence({ debug: line, info: line, warn: line, error: line, fatal: line });
  });

  it('runs the phases in their order, whatever the order of registration', async () => {
    const ran: string[] = [];
    for (const phase of [...STOP_PHASES].reverse())
      stop.register({
        phase,
        name: phase,
        timeoutMs: 1_000,
        run: () => Promise.resolve(void ran.push(phase)),
      });
    expect(await stop.run()).toBe(true);
    expect(ran).toEqual(STOP_PHASES);
  });

  it('begins a phase only when every step of the one before has ended', async () => {
    let finish = () => {};
    const handlers = new Promise<void>((resolve) => (finish = resolve));
    const events: string[] = [];
    stop.register({
      phase: 'finish_handlers',
      name: 'slow',
      timeoutMs: 1_000,
      run: () => handlers.then(() => void events.push('handler finished')),
    });
    stop.register({
      phase: 'finish_handlers',
      name: 'quick',
      timeoutMs: 1_000,
      run: () => Promise.resolve(finish()),
    });
    stop.register({
      phase: 'goodbye',
      name: 'g',
      timeoutMs: 1_000,
      run: () => Promise.resolve(void events.push('goodbye')),
    });
    await stop.run();
    expect(events).toEqual(['handler finished', 'goodbye']);
  });

  it('goes on after a step that fails, names it, and does not call itself clean', async () => {
    stop.register({
      phase: 'goodbye',
      name: 'sns',
      timeoutMs: 1_000,
      run: () => Promise.reject(new Error('away')),
    });
    stop.register({ phase: 'close_http', name: 'http', timeoutMs: 1_000, run: () => Promise.resolve() });
    expect(await stop.run()).toBe(false);
    expect(lines).toEqual(['stop_step_failed sns', 'stop_step_done http']);
  });

  it('gives up a step at its bound', async () => {
    jest.useFakeTimers();
    try {
      stop.register({
        phase: 'goodbye',
        name: 'stuck',
        timeoutMs: 3_000,
        run: () => new Promise(() => undefined),
      });
      const ended = stop.run();
      await jest.advanceTimersByTimeAsync(2_999);
      expect(lines).toEqual([]);
      await jest.advanceTimersByTimeAsync(1);
      expect(await ended).toBe(false);
      expect(lines).toEqual(['stop_step_failed stuck']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('runs its steps once, however often it is asked', async () => {
    let runs = 0;
    stop.register({
      phase: 'goodbye',
      name: 'g',
      timeoutMs: 1_000,
      run: () => Promise.resolve(void (runs += 1)),
    });
    await Promise.all([stop.run(), stop.run()]);
    expect(runs).toBe(1);
  });
});
