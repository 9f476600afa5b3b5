import { randomBytes } from 'node:crypto';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';

/**
 * Ids as AWS X-Ray wants them: a trace id begins with the second it was made, in hex.
 *
 *     6921c0d4 a3f2...  (24 random digits)
 *     time     chance
 *
 * They are valid ids everywhere else. The published generator does not fit the current SDK.
 */
export function xrayIds({
  now = Date.now,
  random = (bytes: number) => randomBytes(bytes).toString('hex'),
}: {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** So many random bytes in hex. */
  readonly random?: (bytes: number) => string;
} = {}): NonNullable<NodeSDKConfiguration['idGenerator']> {
  return {
    generateTraceId: () =>
      Math.floor(now() / 1_000)
        .toString(16)
        .padStart(8, '0') + random(12),
    generateSpanId: () => random(8),
  };
}
