/** One service's farthest clock in two windows of time, the one that runs and the one before. */
interface Windows {
  windowMs: number;
  window: number;
  currentMs: number;
  previousMs: number;
}

/** Heartbeats of a sender that a window spans at least: a beat may be lost, its clock is not forgotten for it. */
const WINDOW_BEATS = 6;

/**
 * The farthest clock among the instances of each service that were heard lately: learned from each
 * heartbeat, so that nobody has to look at all instances, and forgotten when its sender is silent for two windows.
 */
export class ClockSkews {
  private readonly services = new Map<string, Windows>();

  /** @param seen - one instance's skew, and when its beat was sent; all milliseconds. */
  observe(
    service: string,
    seen: { readonly skewMs: number; readonly atMs: number; readonly intervalMs: number },
  ): void {
    const windowMs = WINDOW_BEATS * seen.intervalMs;
    const window = Math.floor(seen.atMs / windowMs);
    const known = this.services.get(service) ?? { windowMs, window, currentMs: 0, previousMs: 0 };
    this.services.set(service, known);
    known.windowMs = windowMs;
    if (window > known.window) {
      known.previousMs = window === known.window + 1 ? known.currentMs : 0;
      known.currentMs = 0;
      known.window = window;
    }
    known.currentMs = farther(known.currentMs, seen.skewMs);
  }

  /** In milliseconds, with its sign, at a moment; 0 for a service that was not heard lately. */
  farthestMs(service: string, nowMs: number): number {
    const known = this.services.get(service);
    if (known === undefined) return 0;
    const over = Math.floor(nowMs / known.windowMs) - known.window;
    if (over > 1) return 0;
    return over === 1 ? known.currentMs : farther(known.currentMs, known.previousMs);
  }

  /** Forgets services that are not there any more. */
  keepOnly(services: ReadonlySet<string>): void {
    for (const service of this.services.keys()) if (!services.has(service)) this.services.delete(service);
  }
}

const farther = (a: number, b: number) => (Math.abs(b) > Math.abs(a) ? b : a);
