import { applyOperation, type LiveContent } from './apply-operation';
import { checksumOf, type Sha256Hex } from './checksum';
import type { StateOperation, Version, VersionCause } from './version';

/**
 * Largest value of a version, in bytes of its JSON text: 380 KB. A DynamoDB item holds 400 KB;
 * the rest is for the key and what a version says about itself (a subject has up to 1 KB).
 */
export const DEFAULT_MAX_VALUE_BYTES = 380 * 1024;

/** Everything a version follows from; equal inputs give equal versions. */
export interface NextVersionInput {
  /** The version numbered `number - 1`; absent for number 1 only. */
  readonly previous: Version | undefined;
  readonly subject: string;
  /** The number this version is to have, as claimed. */
  readonly number: number;
  readonly operation: StateOperation;
  /** Lamport time as the sender stamped it. */
  readonly lamport: number;
  /**
   * Lamport time as far as it is believed, where the sender's clock is absurd: `clock` follows it, and
   * `lamport` keeps what was sent. @defaultValue `lamport`
   */
  readonly believedLamport?: number;
  /** The event came too late to change the content of `previous`, which is what this stamp made. */
  readonly supersededBy?: NonNullable<Version['supersededBy']>;
  readonly nowMs: number;
  readonly requestId: string;
  readonly token: string;
  readonly cause: VersionCause;
  readonly sha256Hex: Sha256Hex;
  /** @defaultValue {@link DEFAULT_MAX_VALUE_BYTES} */
  readonly maxValueBytes?: number;
}

export type NextVersion =
  | { readonly outcome: 'computed'; readonly version: Version }
  /** The value would not fit: this event can never be applied on top of this predecessor. */
  | { readonly outcome: 'value_too_large'; readonly valueBytes: number; readonly maxValueBytes: number }
  /** The predecessor's value is gone, so this number was taken long ago: look at the head. */
  | { readonly outcome: 'predecessor_pruned' };

/** The caller holds a version that is not the one before the number it asks for. */
export class VersionGapError extends Error {
  override readonly name = 'VersionGapError';
  readonly code = 'version_gap';

  constructor(
    readonly subject: string,
    readonly number: number,
    readonly previousNumber: number,
  ) {
    super(
      `version ${number} of ${subject} cannot follow version ${previousNumber}: ` +
        `read version ${number - 1} and compute again`,
    );
  }
}

/**
 * Computes the version that an operation makes of its predecessor.
 *
 *     content    operation applied to the content before; that content itself where the event is superseded
 *     clock      max(clock before, lamport) + 1      rises with every version; of an absurd lamport, what is believed
 *     writtenAt  max(now, writtenAt before)          never falls
 *
 * Pure, and the predecessor is immutable: whoever computes a number, at whatever time, computes the
 * same content.
 *
 * @returns the version, or why there can be none. A value of exactly `maxValueBytes` fits.
 * @throws {@link VersionGapError} unless `previous` is the version numbered `number - 1`.
 */
export function nextVersion(input: NextVersionInput): NextVersion {
  const { previous, maxValueBytes = DEFAULT_MAX_VALUE_BYTES } = input;
  assertNoGap(input);
  if (previous?.content.kind === 'pruned') return { outcome: 'predecessor_pruned' };
  const content = contentAfter(previous?.content, input);
  const valueBytes = valueBytesOf(content);
  if (valueBytes > maxValueBytes) return { outcome: 'value_too_large', valueBytes, maxValueBytes };
  return { outcome: 'computed', version: versionOf(input, content) };
}

function contentAfter(
  before: LiveContent | undefined,
  { operation, supersededBy }: NextVersionInput,
): LiveContent {
  return supersededBy && before ? before : applyOperation(before, operation);
}

function versionOf(input: NextVersionInput, content: LiveContent): Version {
  return {
    subject: input.subject,
    number: input.number,
    content,
    requestId: input.requestId,
    token: input.token,
    cause: input.cause,
    checksum: checksumOf(content, input.sha256Hex),
    lamport: input.lamport,
    ...timesAfter({ ...input, lamport: input.believedLamport ?? input.lamport }),
    ...(input.supersededBy && { supersededBy: input.supersededBy }),
  };
}

/** The two times of a version that follows `previous`. */
export function timesAfter(input: {
  readonly previous: Version | undefined;
  readonly lamport: number;
  readonly nowMs: number;
}): Pick<Version, 'clock' | 'writtenAtMs'> {
  const { previous, lamport, nowMs } = input;
  return {
    clock: Math.max(previous?.clock ?? 0, lamport) + 1,
    writtenAtMs: Math.max(nowMs, previous?.writtenAtMs ?? 0),
  };
}

function assertNoGap({ subject, number, previous }: NextVersionInput): void {
  const previousNumber = previous?.number ?? 0;
  if (number !== previousNumber + 1) throw new VersionGapError(subject, number, previousNumber);
}

function valueBytesOf(content: LiveContent): number {
  return content.kind === 'value' ? new TextEncoder().encode(JSON.stringify(content.value)).length : 0;
}
