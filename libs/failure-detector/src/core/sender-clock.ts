import { OffsetWindow, type OffsetWindowSnapshot } from './offset-window';
import type { DetectorSettings } from './settings';

/** One heartbeat's two clocks, and our clock when it arrived; all milliseconds. */
export interface ClockReading {
  readonly sentAtMs: number;
  readonly uptimeMs: number;
  readonly receivedAtMs: number;
}

/**
 * Translates a sender's clocks to ours.
 *
 * A sender carries a wall clock, which may be wrong or be stepped, and a monotonic one, which stands
 * still while its machine is suspended. Each has its own minimum offset, hence its own transit, and
 * **the smaller transit of the two is believed**: whichever clock jumped, the other one tells the truth.
 *
 *     transit     = min(wall offset - its minimum, monotonic offset - its minimum)
 *     corrected   = receivedAt - transit
 *
 * When both jump (a resumed virtual machine), two beats in a row that agree on the new offsets, on a
 * channel that is proven to be quick, are taken as the new truth.
 *
 * The wall clock belongs to the machine and is kept over a restart; the monotonic one begins anew.
 */
export class SenderClock {
  private wall: OffsetWindow;
  private monotonic: OffsetWindow;
  private jumped: { readonly wallMs: number; readonly monotonicMs: number } | undefined;

  constructor(private readonly settings: DetectorSettings) {
    this.wall = new OffsetWindow(settings.offsetHalfWindowMs);
    this.monotonic = new OffsetWindow(settings.offsetHalfWindowMs);
  }

  /** The believed transit, or undefined while neither clock was ever read; changes nothing. */
  transitMs(reading: ClockReading): number | undefined {
    const wall = this.wallTransitMs(reading);
    const monotonic = transitOf(this.monotonic, monotonicOffset(reading), reading.receivedAtMs);
    if (wall === undefined) return monotonic;
    return monotonic === undefined ? wall : Math.min(wall, monotonic);
  }

  /** The transit by the wall clock alone, which outlives a restart. */
  wallTransitMs(reading: ClockReading): number | undefined {
    return transitOf(this.wall, wallOffset(reading), reading.receivedAtMs);
  }

  /** Takes a new heartbeat's reading in and returns its believed transit. */
  learn(reading: ClockReading, channelIsProven: boolean): number | undefined {
    const transit = this.transitMs(reading);
    if (transit !== undefined && transit > this.settings.relearnJumpMs && channelIsProven) {
      if (this.agreesWithLastJump(reading)) {
        this.relearn(reading);
        return 0;
      }
      this.jumped = { wallMs: wallOffset(reading), monotonicMs: monotonicOffset(reading) };
    } else {
      this.jumped = undefined;
    }
    this.wall.observe(wallOffset(reading), reading.receivedAtMs);
    this.monotonic.observe(monotonicOffset(reading), reading.receivedAtMs);
    return transit;
  }

  /** Makes this reading the whole truth, as if it had travelled in no time. */
  relearn(reading: ClockReading): void {
    this.wall.restart(wallOffset(reading), reading.receivedAtMs);
    this.monotonic.restart(monotonicOffset(reading), reading.receivedAtMs);
    this.jumped = undefined;
  }

  /** The sender started again: its monotonic clock begins anew. */
  beginIncarnation(): void {
    this.monotonic = new OffsetWindow(this.settings.offsetHalfWindowMs);
    this.jumped = undefined;
  }

  /** How far the sender's wall clock is behind ours (negative: ahead), the least transit included. */
  skewMs(atMs: number): number {
    const minimum = this.wall.minimum(atMs);
    return Number.isFinite(minimum) ? minimum : 0;
  }

  save(): SenderClockSnapshot {
    return { wall: this.wall.save(), monotonic: this.monotonic.save() };
  }

  static load(settings: DetectorSettings, snapshot: SenderClockSnapshot): SenderClock {
    const clock = new SenderClock(settings);
    clock.wall = OffsetWindow.load(settings.offsetHalfWindowMs, snapshot.wall);
    clock.monotonic = OffsetWindow.load(settings.offsetHalfWindowMs, snapshot.monotonic);
    return clock;
  }

  private agreesWithLastJump(reading: ClockReading): boolean {
    if (this.jumped === undefined) return false;
    const tolerance = this.settings.relearnToleranceMs;
    return (
      Math.abs(wallOffset(reading) - this.jumped.wallMs) <= tolerance &&
      Math.abs(monotonicOffset(reading) - this.jumped.monotonicMs) <= tolerance
    );
  }
}

export interface SenderClockSnapshot {
  readonly wall: OffsetWindowSnapshot;
  readonly monotonic: OffsetWindowSnapshot;
}

const wallOffset = (reading: ClockReading) => reading.receivedAtMs - reading.sentAtMs;
const monotonicOffset = (reading: ClockReading) => reading.receivedAtMs - reading.uptimeMs;

function transitOf(window: OffsetWindow, offsetMs: number, atMs: number): number | undefined {
  const minimum = window.minimum(atMs);
  return minimum === Infinity ? undefined : Math.max(0, offsetMs - minimum);
}
