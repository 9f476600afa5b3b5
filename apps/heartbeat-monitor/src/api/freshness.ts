import type { ChannelStatus } from '@latido/failure-detector';

/** How old the facts of an answer are, and whether they can be trusted. Part of every answer. */
export interface Freshness {
  /** Everything sent before this has been taken in, as far as is known. */
  readonly asOf: string;
  readonly factsAgeMs: number;
  /** True: verdicts are held, and what is shown may be out of date. `/api/status` says why. */
  readonly blind: boolean;
}

/** The freshness of whatever is read off the detector now. */
export function freshness({ watermarkMs, blind }: ChannelStatus, nowMs: number): Freshness {
  return {
    asOf: new Date(watermarkMs).toISOString(),
    factsAgeMs: Math.max(0, Math.round(nowMs - watermarkMs)),
    blind,
  };
}
