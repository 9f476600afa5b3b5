import type { Ablation } from './ablation';

const CORE = 'libs/event-commit/src/core';
const spec = (name: string): Ablation['test'] => ({ project: 'unit', path: `${CORE}/${name}.spec.ts` });

/** Rules of the commit protocol. */
export const eventCommitAblations: readonly Ablation[] = [
  {
    name: 'quarantine-beyond-the-horizon',
    sentence:
      'An event older than the dedup horizon is quarantined; its claim may be forgotten, and it would be applied twice.',
    edits: [
      { file: `${CORE}/steps/admit.ts`, from: 'if (isBeyondHorizon({', to: 'if (false && isBeyondHorizon({' },
    ],
    test: spec('commit-copies'),
  },
  {
    name: 'age-by-the-id-too',
    sentence:
      'The age of an event is that of its UUIDv7 or its time, whichever is older; a redrive may stamp a new time.',
    edits: [{ file: `${CORE}/steps/admit.ts`, from: 'timeOfUuidV7(event.id) ?? Infinity', to: 'Infinity' }],
    test: spec('commit-copies'),
  },
  {
    name: 'claim-outlives-the-event',
    sentence:
      'A claim expires a horizon after max(now, event time); counted from now, an event from the future outlives its claim.',
    edits: [
      {
        file: `${CORE}/steps/claim.ts`,
        from: 'eventTimeMs: event.timeMs,',
        to: 'eventTimeMs: context.now(),',
      },
    ],
    test: spec('commit-copies'),
  },
  {
    name: 'token-for-each-operation',
    sentence:
      "An operation's token is its segment's with its index, in segment, claim and version; a shared one lets two writes both succeed.",
    edits: [
      { file: `${CORE}/steps/log.ts`, from: 'token: place.token, place', to: "token: 'process', place" },
    ],
    test: spec('commit-log'),
  },
  {
    name: 'fold-by-fingerprint-too',
    sentence:
      'Only the same id and the same fingerprint are a copy; folded by id alone, an impostor is answered as applied.',
    edits: [{ file: `${CORE}/fold.ts`, from: '${event.fingerprint} ${event.id}', to: '${event.id}' }],
    test: spec('commit-copies'),
  },
  {
    name: 'impostors-one-after-the-other',
    sentence:
      'The same id with two fingerprints in a batch goes through its claims one after the other; in parallel the impostor may win.',
    edits: [
      {
        file: `${CORE}/lanes.ts`,
        from: 'ids.size < operations.length ? [operations] : bySubject(operations)',
        to: 'ids.size < 0 ? [operations] : bySubject(operations)',
      },
    ],
    test: spec('commit-copies'),
  },
  {
    name: 'seen-window-by-fingerprint',
    sentence:
      'The window of seen ids keeps their fingerprints; without them an impostor is answered as a duplicate.',
    edits: [
      {
        file: `${CORE}/seen-window.ts`,
        from: 'seen?.fingerprint === event.fingerprint ? seen.version : undefined',
        to: 'seen?.version',
      },
    ],
    test: spec('commit-copies'),
  },
  {
    name: 'log-before-the-effect',
    sentence:
      'Nothing is applied before it is logged; applied without a log, a crash after the claim is found by nobody.',
    edits: [
      {
        file: `${CORE}/steps/log.ts`,
        from: "if (append.outcome === 'fenced') throw new LogFencedError();",
        to: "if (append.outcome === 'fenced') return events.map((event, index) => ({ event, token: `${index}`, place: { number: 0, index, token: `${index}` } }));",
      },
    ],
    test: spec('commit-log'),
  },
  {
    name: 'stored-version-after-a-lost-reply',
    sentence:
      'Own success after a lost reply goes on at the stored version; at the attempted one the claim names another version than the event has.',
    edits: [
      {
        file: `${CORE}/steps/claim.ts`,
        from: "if (write.outcome === 'refused') return judge({ event, token }, write.stored);",
        to: "if (write.outcome === 'refused' && write.stored?.token !== token) return judge({ event, token }, write.stored);",
      },
    ],
    test: spec('commit-claim'),
  },
  {
    name: 'look-at-the-slot-before-computing',
    sentence:
      'A stored claim leads to a strong read of its version before anything is computed; else a pruned predecessor makes a copy move and apply again.',
    edits: [
      {
        file: `${CORE}/steps/judge.ts`,
        from: "return { step: 'inspect', claim: { ...stored, decision } };",
        to: "return { step: 'apply', claim: { ...stored, decision } };",
      },
      {
        file: `${CORE}/steps/apply.ts`,
        from: "if (next.outcome === 'predecessor_pruned') return { step: 'inspect', claim, predecessorGone: true };",
        to: "if (next.outcome === 'predecessor_pruned') return { step: 'move', claim };",
      },
    ],
    test: spec('commit-claim'),
  },
  {
    name: 'look-again-when-the-predecessor-is-gone',
    sentence:
      'A predecessor that turns out to be pruned asks for a second look at the slot; retention may have come after the first, with the copy applied in between.',
    edits: [
      {
        file: `${CORE}/steps/apply.ts`,
        from: "if (next.outcome === 'predecessor_pruned') return { step: 'inspect', claim, predecessorGone: true };",
        to: "if (next.outcome === 'predecessor_pruned') return { step: 'move', claim };",
      },
    ],
    test: spec('commit-claim'),
  },
  {
    name: 'move-beyond-the-refused-slot',
    sentence:
      'A move goes to max(head, refused slot) + 1; to head + 1 alone, a head that lags sends it back to the taken slot.',
    edits: [
      {
        file: `${CORE}/steps/move.ts`,
        from: 'Math.max(head?.number ?? 0, slot) + 1',
        to: '(head?.number ?? 0) + 1',
      },
    ],
    test: spec('commit-move'),
  },
  {
    name: 'a-refused-move-takes-the-stored-claim',
    sentence:
      'A refused move goes on with the stored claim; applying at the number of a refused move doubles the event.',
    edits: [
      {
        file: `${CORE}/steps/move.ts`,
        from: "if (swap.outcome === 'refused') return judge(operation, swap.stored);",
        to: "if (swap.outcome === 'refused') return { step: 'apply', claim };",
      },
    ],
    test: spec('commit-move'),
  },
  {
    name: 'claim-again-when-the-claim-is-gone',
    sentence:
      'A claim that is absent when a move is refused is put again; applied without one, every later copy is a new event.',
    edits: [
      {
        file: `${CORE}/steps/move.ts`,
        from: "if (swap.outcome === 'refused') return judge(operation, swap.stored);",
        to: "if (swap.outcome === 'refused') return swap.stored ? judge(operation, swap.stored) : { step: 'apply', claim };",
      },
    ],
    test: spec('commit-move'),
  },
  {
    name: 'claim-before-the-move',
    sentence:
      'The claim is moved before the event is applied at another number; else later copies look for it at the old one and apply it again.',
    edits: [
      {
        file: `${CORE}/steps/move.ts`,
        from: 'await context.claims.replace({ from: taken, to: claim })',
        to: "({ outcome: 'stored' } as Awaited<ReturnType<typeof context.claims.replace>>)",
      },
    ],
    test: spec('commit-claim'),
  },
  {
    name: 'an-unknown-outcome-never-raises-the-head',
    sentence:
      'Only items that were seen raise the head cache; raised by a put without an answer, the next claim runs ahead and leaves a gap.',
    edits: [
      {
        file: `${CORE}/steps/apply.ts`,
        from: 'const write = await context.versions.putIfAbsent(version);',
        to: 'context.memory.heads.raise(version, context.now());\n  const write = await context.versions.putIfAbsent(version);',
      },
    ],
    test: spec('commit-move'),
  },
  {
    name: 'a-rejection-is-stored',
    sentence:
      'Invalid data puts its rejection into the claim, so that a copy met by a newer process gets the same answer.',
    edits: [
      {
        file: `${CORE}/steps/claim.ts`,
        from: 'const write = await context.claims.putIfAbsent({ ...claim, decision });',
        to: "const write: Awaited<ReturnType<typeof context.claims.putIfAbsent>> =\n    'rejected' in decision ? { outcome: 'stored' } : await context.claims.putIfAbsent({ ...claim, decision });",
      },
    ],
    test: spec('commit-reject'),
  },
  {
    name: 'a-rejection-yields-to-the-stored-claim',
    sentence:
      'A refused rejection takes the stored claim; else a copy met by an older process says failed for an applied event.',
    edits: [
      {
        file: `${CORE}/steps/claim.ts`,
        from: "if (write.outcome === 'refused') return judge({ event, token }, write.stored);",
        to: "if (write.outcome === 'refused' && 'version' in decision) return judge({ event, token }, write.stored);",
      },
    ],
    test: spec('commit-reject'),
  },
  {
    name: 'too-large-swaps-the-claim',
    sentence:
      'A value too large swaps the claim to a rejection; else the next copy, on a smaller value, is applied.',
    edits: [
      {
        file: `${CORE}/steps/reject.ts`,
        from: 'await context.claims.replace({ from: claim, to })',
        to: "(to && ({ outcome: 'stored' } as Awaited<ReturnType<typeof context.claims.replace>>))",
      },
    ],
    test: spec('commit-reject'),
  },
  {
    name: 'a-refused-rejection-of-size-yields',
    sentence:
      'A rejection for size that is refused takes the stored claim; a copy was moved and applied, and must not be called failed.',
    edits: [
      {
        file: `${CORE}/steps/reject.ts`,
        from: "if (swap.outcome === 'refused') return judge(operation, swap.stored);",
        to: '',
      },
    ],
    test: spec('commit-reject'),
  },
  {
    name: 'size-is-judged-on-the-real-head',
    sentence: 'A value too large on a stale head is not rejected: the slot is looked at first.',
    edits: [
      {
        file: `${CORE}/steps/reject.ts`,
        from: "if (await context.versions.read(subject, slot)) return { step: 'inspect', claim };",
        to: '',
      },
    ],
    test: spec('commit-reject'),
  },
  {
    name: 'fifo-stops-its-group',
    sentence: 'With fifo, a failed event gives the rest of its group back; else a later one overtakes it.',
    edits: [{ file: `${CORE}/event-committer.ts`, from: "=== 'fifo')", to: "=== 'never')" }],
    test: spec('commit-order'),
  },
  {
    name: 'a-late-event-keeps-the-value-before-it',
    sentence:
      'In Lamport order a late event gets a version that keeps the value of the one before; else the order of arrival decides which value is current.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/next-version.ts',
        from: 'return supersededBy && before ? before : applyOperation(before, operation);',
        to: 'return applyOperation(before, operation);',
      },
    ],
    test: spec('commit-lamport-order'),
  },
  {
    name: 'a-superseded-version-carries-the-winner-on',
    sentence:
      'The next event is compared with the one that won; compared with the late one that came last, a second late one would win.',
    edits: [{ file: `${CORE}/superseded-by.ts`, from: 'if (carried) return carried;', to: '' }],
    test: spec('commit-lamport-order'),
  },
  {
    name: 'ties-are-broken-by-the-whole-stamp',
    sentence:
      'Equal Lamport times are ordered by source, epoch and RequestID; by time alone, the one that comes last wins.',
    edits: [
      {
        file: `${CORE}/superseded-by.ts`,
        from: 'compareStamps(stampOf(event), winner) < 0',
        to: 'stampOf(event).lamport < winner.lamport',
      },
    ],
    test: spec('commit-lamport-order'),
  },
  {
    name: 'a-merge-has-no-lamport-order',
    sentence:
      'In Lamport order a merge is rejected for certain; applied, its result would depend on what arrived before it.',
    edits: [
      {
        file: `${CORE}/steps/claim.ts`,
        from: "operation?.kind === 'merge' ? MERGE_UNORDERED",
        to: "operation?.kind === 'merge' ? invalid && MERGE_UNORDERED",
      },
    ],
    test: spec('commit-lamport-order'),
  },
  {
    name: 'a-rollback-wins-over-everything-before',
    sentence:
      'A rollback stands where the clock of its version does, above all before it; by a stamp that did not rise, a late event undoes it.',
    edits: [
      {
        file: `${CORE}/superseded-by.ts`,
        from: "'rollback') return { lamport: followed,",
        to: "'rollback') return { lamport,",
      },
    ],
    test: spec('commit-lamport-order'),
  },
  {
    name: 'rollback-logs-after-its-plan',
    sentence:
      'A rollback is logged after the head was judged; logged before, recovery puts a version that leaves a gap or that was refused.',
    edits: [
      {
        file: `${CORE}/roll-back.ts`,
        from: "if (plan.outcome !== 'put') return plan;\n  const place = await append(log, record);",
        to: "const place = await append(log, record);\n  if (plan.outcome !== 'put') return plan;",
      },
    ],
    test: spec('roll-back'),
  },
  {
    name: 'rollback-recognises-itself',
    sentence: 'A rollback that is refused by its own request id has succeeded.',
    edits: [
      {
        file: 'libs/versioned-value/src/core/settle-rollback.ts',
        from: 'if (write.stored?.requestId === planned.requestId)',
        to: 'if (write.stored?.token === planned.token)',
      },
    ],
    test: spec('roll-back'),
  },
  {
    name: 'rollback-key-has-a-fingerprint',
    sentence: 'The same key with another body or If-Match is refused.',
    edits: [
      {
        file: `${CORE}/roll-back.ts`,
        from: "=== 'conflict') return { outcome: 'key_conflict' };",
        to: "=== 'never') return { outcome: 'key_conflict' };",
      },
    ],
    test: spec('roll-back'),
  },
];
