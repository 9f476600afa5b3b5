import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopReport } from './measurements';

/** How finely the event loop is watched; the histogram holds it on top of each delay. */
const RESOLUTION_MS = 1;
/** Older versions of Node cannot tell the CPU time of one thread. */
const OWN_THREAD = typeof process.threadCpuUsage === 'function';

/**
 * Watches the event loop of this process, twice: by the clock, which counts other programs and the machine, too, and by
 * the CPU time that its thread computed from one turn to the next, which does not.
 */
export class LoopWatch {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private worstTurnMs = 0;
  private turnBeganMs = threadCpuMs();

  start(): void {
    this.delay.enable();
    setInterval(() => this.turn(), RESOLUTION_MS);
  }

  /** What was worst since the last report. */
  report(): LoopReport {
    const report = {
      worstStallMs: Math.max(0, this.delay.max / 1e6 - RESOLUTION_MS),
      worstTurnCpuMs: this.worstTurnMs,
    };
    this.delay.reset();
    this.worstTurnMs = 0;
    return report;
  }

  private turn(): void {
    const nowMs = threadCpuMs();
    this.worstTurnMs = Math.max(this.worstTurnMs, nowMs - this.turnBeganMs);
    this.turnBeganMs = nowMs;
  }
}

/** Of the thread of the event loop, where Node can tell: whatever it computes, nobody else is served. */
export function threadCpuMs(): number {
  const { user, system } = OWN_THREAD ? process.threadCpuUsage() : process.cpuUsage();
  return (user + system) / 1_000;
}
