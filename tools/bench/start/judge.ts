/** What was measured of one way to run the service: the middle of its runs. */
export interface Middle {
  readonly readyMs: number;
  readonly cpuMs: number;
  readonly residentMib: number;
  readonly exitMs: number;
}

/** Who takes part, by what it is compared for. */
type Peers = Readonly<Record<'withoutTracing' | 'traced' | 'inFiles' | 'automatic', Middle>>;

interface Rule {
  readonly of: keyof Middle;
  readonly beside: Exclude<keyof Peers, 'traced'>;
  /** The service with tracing needs at most so many times what the other needs. */
  readonly atMost: number;
}

/**
 * Ratios within one run hold on a slow and on a busy machine, where milliseconds do not. What was measured is well within: a rule
 * breaks when tracing loads what it does not need, when the bundle is none, or when an exit waits for the collector.
 */
const RULES: readonly Rule[] = [
  { of: 'cpuMs', beside: 'withoutTracing', atMost: 1.6 },
  { of: 'readyMs', beside: 'withoutTracing', atMost: 1.7 },
  { of: 'residentMib', beside: 'withoutTracing', atMost: 1.2 },
  { of: 'exitMs', beside: 'withoutTracing', atMost: 2 },
  { of: 'cpuMs', beside: 'inFiles', atMost: 0.85 },
  { of: 'residentMib', beside: 'inFiles', atMost: 0.95 },
  { of: 'readyMs', beside: 'automatic', atMost: 0.75 },
  { of: 'residentMib', beside: 'automatic', atMost: 0.8 },
];

/** What is not as expected, a sentence each; nothing when all is well. */
export function judgeStart(peers: Peers): readonly string[] {
  return RULES.flatMap(({ of, beside, atMost }) => {
    const ratio = peers.traced[of] / peers[beside][of];
    if (ratio <= atMost) return [];
    return [
      `${of} with tracing is ${ratio.toFixed(2)} times that of ${beside}: at most ${atMost} is expected`,
    ];
  });
}
