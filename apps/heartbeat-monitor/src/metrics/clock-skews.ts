/** One service's farthest clock in two windows of time, the one that runs and the one before. */
interface Windows {
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
    const window = Math.floor(seen.atMs / (WINDOW_BEATS * seen.intervalMs));
    const known = this.services.get(service) ?? { window, currentMs: 0, previousMs: 0 };
    this.services.set(service, known);
    if (window > known.window) {
      known.previousMs = window === known.window + 1 ? known.currentMs : 0;
      known.currentMs = 0;
      known.window = window;
    }
    known.currentMs = farther(known.currentMs, seen.skewMs);
  }

  /** In milliseconds, with its sign; 0 for a service that was never heard. */
  farthestMs(service: string): number {
    const { currentMs, previousMs } = this.services.get(service) ?? { currentMs: 0, previousMs: 0 };
    return farther(currentMs, previousMs);
  }

  /** Forgets services that are not there any more. */
  keepOnly(services: ReadonlySet<string>): void {
    for (const service of this.services.keys()) if (!services.has(service)) this.services.delete(service);
  }
}

const farther = (a: number, b: number) => (Math.abs(b) > Math.abs(a) ? b : a);
