import type { Timers } from '../core/ports';

/** The timers of the process. They keep it alive until they are cancelled. */
export const nodeTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
