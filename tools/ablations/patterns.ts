import type { Ablation } from './ablation';

const unit = (path: string): Ablation['test'] => ({ project: 'unit', path });

/** Rules of idempotent-receiver, versioned-value and lamport-clock. */
export const patternAblations: readonly Ablation[] = [
  {
    name: 'fingerprint-before-token',
    sentence: 'A claim with another fingerprint is a conflict, never a duplicate: not silent.',
    edits: [
      {
        file: 'libs/idempotent-receiver/src/core/judge-claim.ts',
        from: "if (stored.fingerprint !== mine.fingerprint) return 'conflict';",
        to: '',
      },
    ],
    test: unit('libs/idempotent-receiver/src/core/idempotent-receiver.spec.ts'),
  },
  {
    name: 'expiry-counts-the-event-time',
    sentence: 'A claim expires at max(now, event time) + horizon + 1 day.',
    edits: [
      {
        file: 'libs/idempotent-receiver/src/core/horizon.ts',
        from: 'Math.max(nowMs, eventTimeMs) + horizonMs',
        to: 'nowMs + horizonMs',
      },
    ],
    test: unit('libs/idempotent-receiver/src/core/horizon.spec.ts'),
  },
  {
    name: 'retention-never-takes-the-head',
    sentence:
      'Retention leaves the head: the next version is computed from it, and its slot would be filled again.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/prune-history.ts',
        from: 'if (!Number.isSafeInteger(keep) || keep < 1)',
        to: 'if (!Number.isSafeInteger(keep))',
      },
    ],
    test: unit('libs/versioned-value/src/core/prune-history.spec.ts'),
  },
  {
    name: 'retention-keeps-the-key',
    sentence:
      'A tombstone keeps key and RequestID for a horizon and a day; a copy of its event must still find it.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/tombstone-of.ts',
        from: 'Math.ceil((time.nowMs + time.horizonMs) / 1000) + DAY_SECONDS',
        to: 'Math.ceil(time.nowMs / 1000) + DAY_SECONDS',
      },
    ],
    test: unit('libs/versioned-value/src/core/prune-history.spec.ts'),
  },
  {
    name: 'version-1-never-expires',
    sentence: 'The tombstone of version 1 never expires: it lists the subject.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/tombstone-of.ts',
        from: 'if (version.number === 1) return tombstone;',
        to: '',
      },
    ],
    test: unit('libs/versioned-value/src/core/prune-history.spec.ts'),
  },
  {
    name: 'nothing-on-a-pruned-predecessor',
    sentence: 'Nothing is computed on a predecessor whose value is gone, not even a put.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/next-version.ts',
        from: "if (previous?.content.kind === 'pruned') return { outcome: 'predecessor_pruned' };",
        to: "if (previous?.content.kind === 'pruned') return { outcome: 'computed', version: versionOf(input, { kind: 'deleted' }) };",
      },
    ],
    test: unit('libs/versioned-value/src/core/next-version.spec.ts'),
  },
  {
    name: 'no-stamp-above-the-limit',
    sentence:
      'A Lamport clock stamps nothing above a limit it wrote or saw; else a restart gives the same times again.',
    edits: [
      {
        file: 'libs/lamport-clock/src/core/lamport-clock.ts',
        from: 'while (Math.max(this.clock, floor) >= this.reservation.limit) {',
        to: 'while (Math.max(this.clock, floor) >= this.reservation.limit && floor < 0) {',
      },
    ],
    test: unit('libs/lamport-clock/src/core/lamport-clock.spec.ts'),
  },
  {
    name: 'the-limit-before-is-the-clock',
    sentence:
      'A process starts at the limit that was there before it added to it, so that it is above everything stamped before.',
    edits: [
      {
        file: 'libs/lamport-clock/src/core/lamport-clock.ts',
        from: 'this.clock = epoch;',
        to: 'this.clock = 0;',
      },
    ],
    test: unit('libs/lamport-clock/src/core/lamport-clock.spec.ts'),
  },
];
