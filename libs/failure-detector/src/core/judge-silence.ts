/** The verdicts that silence alone can give, best first. */
export type SilenceVerdict = 'up' | 'late' | 'suspect' | 'down';

/**
 * Judges one instance from how long it has been silent.
 *
 * Pure: equal inputs give equal verdicts, so every replica of a monitor that saw the same facts agrees.
 *
 *     silenceMs = watermark - corrected send time of the newest heartbeat
 *
 *     0 ....... 1.5 T ....... (k - 0.5) T ....... (k + 0.5) T .......> silenceMs
 *     |   up      |    late        |     suspect       |     down
 *
 * A boundary belongs to the better verdict: silence of exactly (k + 0.5) T is still `suspect`. With k
 * beats lost in a row the next one is due after (k + 1) T, so `down` needs k losses; the half interval
 * on either side leaves room for jitter and transit.
 *
 * Both ends of the silence are sender time. Never pass an arrival time: a message that waited in a
 * queue for a minute says that its sender was alive a minute ago, not now.
 *
 * @param reading - silence and interval T in milliseconds, k as `missedBeats`.
 * @example
 * judgeSilence({ silenceMs: 26_000, intervalMs: 10_000, missedBeats: 3 }); // => 'suspect'
 * @see Joshi, Patterns of Distributed Systems (2023), "HeartBeat".
 */
export function judgeSilence(reading: SilenceReading): SilenceVerdict {
  const { silenceMs, intervalMs, missedBeats } = reading;
  if (silenceMs > (missedBeats + 0.5) * intervalMs) return 'down';
  if (silenceMs > (missedBeats - 0.5) * intervalMs) return 'suspect';
  return silenceMs > 1.5 * intervalMs ? 'late' : 'up';
}

export interface SilenceReading {
  readonly silenceMs: number;
  readonly intervalMs: number;
  readonly missedBeats: number;
}

/** How much silence the next worse verdict needs; `down` has no worse one. */
export function nextBoundaryMs(verdict: SilenceVerdict, reading: Omit<SilenceReading, 'silenceMs'>): number {
  if (verdict === 'up') return 1.5 * reading.intervalMs;
  if (verdict === 'late') return (reading.missedBeats - 0.5) * reading.intervalMs;
  return verdict === 'suspect' ? (reading.missedBeats + 0.5) * reading.intervalMs : Infinity;
}

const severity = { up: 0, late: 1, suspect: 2, down: 3 } as const;

export function isWorse(verdict: SilenceVerdict, than: SilenceVerdict): boolean {
  return severity[verdict] > severity[than];
}
