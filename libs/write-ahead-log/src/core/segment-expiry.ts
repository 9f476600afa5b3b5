/**
 * When a segment written at `writtenAtMs` expires: after half of the claims' age, in seconds since 1970.
 *
 *     written ........... segment expires ........... claim expires
 *        |    recovery applies    |  recovery ignores  |
 *
 * An operation applied from the log after its claim has gone would be applied a second time. Half of the age
 * leaves days between the two, for clocks that differ and for stores that delete late.
 */
export function segmentExpiry(time: { readonly writtenAtMs: number; readonly claimLifeMs: number }): number {
  return Math.floor((time.writtenAtMs + time.claimLifeMs / 2) / 1000);
}

/** Whether recovery must ignore a segment; the second of its expiry belongs to the past. */
export function isExpired(segment: { readonly expiresAtEpochSeconds: number }, nowMs: number): boolean {
  return segment.expiresAtEpochSeconds * 1000 <= nowMs;
}
