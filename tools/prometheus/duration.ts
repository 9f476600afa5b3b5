const UNIT_MS = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
} as const;

/** A duration as Prometheus writes it, without anything around it: `5m`, `1h30m`, `500ms`. */
export const DURATION = String.raw`(?:\d+(?:ms|[smhdwy]))+`;

/** Reads a duration of Prometheus. @throws Error when it is none. */
export function readDuration(text: string): number {
  if (text === '0') return 0;
  if (!new RegExp(`^${DURATION}$`).test(text)) throw new Error(`"${text}" is no duration of Prometheus`);
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS],
    0,
  );
}

/** Writes a duration for Prometheus. */
export function writeDuration(durationMs: number): string {
  return `${Math.round(durationMs)}ms`;
}
