import type { Ablation } from './ablation';

const CORE = 'libs/write-ahead-log/src/core';
const spec = (name: string): Ablation['test'] => ({ project: 'unit', path: `${CORE}/${name}.spec.ts` });

/** Rules of the log, its writers and its recovery, and of the outbox. */
export const writeAheadLogAblations: readonly Ablation[] = [
  {
    name: 'one-append-under-way',
    sentence:
      'A slot has one append under way, in order; two at once leave a hole that recovery takes for the end.',
    edits: [
      {
        file: `${CORE}/log-writer.ts`,
        from: 'const appended = this.tail.then(() => this.appendAll(parts));',
        to: 'const appended = this.appendAll(parts);',
      },
    ],
    test: spec('log-writer'),
  },
  {
    name: 'token-for-each-append',
    sentence: "A token is fresh for each append; shared, a writer takes another's segment for its own.",
    edits: [
      {
        file: `${CORE}/log-writer.ts`,
        from: 'const token = this.ports.newToken();',
        to: "const token = 'process';",
      },
    ],
    test: spec('log-writer'),
  },
  {
    name: 'a-refused-append-stops-the-writer',
    sentence: 'An append refused by another token means that the slot is lost: stop for good.',
    edits: [
      {
        file: `${CORE}/log-writer.ts`,
        from: "if (!isMine && !isEarlier) return 'fenced';",
        to: "if (!isMine && !isEarlier) return 'mine';",
      },
    ],
    test: spec('log-writer'),
  },
  {
    name: 'take-over-raises-the-epoch',
    sentence:
      'A take-over raises the epoch in the item that holds the mark; else the owner before still moves the mark past work that is not done.',
    edits: [{ file: `${CORE}/acquire-slot.ts`, from: 'epoch: seen.epoch + 1,', to: 'epoch: seen.epoch,' }],
    test: spec('acquire-slot'),
  },
  {
    name: 'recovery-seals-the-first-absent-number',
    sentence: 'Recovery seals the first absent number; else a late append of the owner before lands unseen.',
    edits: [
      {
        file: `${CORE}/recover-slot.ts`,
        from: 'const write = await this.ports.retry(() => this.ports.segments.appendIfAbsent(seal));',
        to: "const write = seal && ({ outcome: 'stored' } as Awaited<ReturnType<typeof this.ports.segments.appendIfAbsent>>);",
      },
    ],
    test: spec('recover-slot'),
  },
  {
    name: 'a-refused-seal-is-redelivered',
    sentence: 'Where a late append was faster than the seal, recovery redelivers what is there and goes on.',
    edits: [
      {
        file: `${CORE}/recover-slot.ts`,
        from: 'return write.stored ?? (await this.read()) ?? this.seal();',
        to: 'return undefined;',
      },
    ],
    test: spec('recover-slot'),
  },
  {
    name: 'segments-expire-before-claims',
    sentence:
      'Segments expire at half of the age of claims, and recovery ignores expired ones; an expired claim would be applied again from the log.',
    edits: [
      {
        file: `${CORE}/segment-expiry.ts`,
        from: 'return segment.expiresAtEpochSeconds * 1000 <= nowMs;',
        to: 'return segment.expiresAtEpochSeconds * 1000 <= nowMs && nowMs < 0;',
      },
    ],
    test: spec('recover-slot'),
  },
  {
    name: 'half-of-the-age-of-claims',
    sentence: 'A segment lives half as long as a claim, not as long.',
    edits: [{ file: `${CORE}/segment-expiry.ts`, from: 'time.claimLifeMs / 2', to: 'time.claimLifeMs' }],
    test: spec('log-writer'),
  },
  {
    name: 'an-operation-that-throws-is-skipped',
    sentence:
      'Recovery counts an operation that throws and goes on; else one poison record keeps a slot from ever being recovered.',
    edits: [
      {
        file: `${CORE}/recover-slot.ts`,
        from: '      this.failed += 1;',
        to: "      throw new Error('stopped');",
      },
    ],
    test: spec('recover-slot'),
  },
  {
    name: 'the-mark-waits-for-unfinished-work',
    sentence: 'The mark stands at the first segment with an unfinished operation.',
    edits: [
      {
        file: `${CORE}/mark-tracker.ts`,
        from: 'for (const number of this.unfinished.keys()) return number;',
        to: '',
      },
    ],
    test: spec('mark-tracker'),
  },
  {
    name: 'the-relay-moves-before-it-publishes',
    sentence:
      'The relay moves nextAt by compare-and-swap and only the winner publishes; else every replica publishes every entry.',
    edits: [
      {
        file: `${CORE}/outbox-relay.ts`,
        from: "write.outcome === 'stored' ? this.publish(moved) : 'lostRace'",
        to: "write ? this.publish(moved) : 'lostRace'",
      },
    ],
    test: spec('outbox-relay'),
  },
  {
    name: 'the-relay-reads-again',
    sentence:
      'The relay reads an entry strongly before it publishes; the index is late, and settled entries would be sent again.',
    edits: [
      {
        file: `${CORE}/outbox-relay.ts`,
        from: "if (entry?.status !== 'pending' || entry.nextAtMs > now()) return 'notDue';",
        to: "if (!entry) return 'notDue';",
      },
    ],
    test: spec('outbox-relay'),
  },
  {
    name: 'receipts-carry-the-fingerprint',
    sentence:
      'A receipt with another fingerprint is ignored; a quarantined impostor must not fail the original.',
    edits: [
      {
        file: `${CORE}/decide-settlement.ts`,
        from: 'if (receipt.fingerprint !== entry.fingerprint)',
        to: 'if (receipt.fingerprint === undefined)',
      },
    ],
    test: spec('decide-settlement'),
  },
  {
    name: 'complete-absorbs-everything',
    sentence: 'A late failed receipt changes nothing about a complete entry.',
    edits: [
      {
        file: `${CORE}/decide-settlement.ts`,
        from: "if (entry.status === 'complete') return COMPLETE;",
        to: "if (entry.status === 'complete') return PENDING;",
      },
    ],
    test: spec('decide-settlement'),
  },
];
