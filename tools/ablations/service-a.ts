import type { Ablation } from './ablation';

const SOURCE = 'apps/service-a/src';
const spec = (name: string): Ablation['test'] => ({ project: 'unit', path: `${SOURCE}/${name}.spec.ts` });

/** Rules of accepting commands and of settling them. */
export const serviceAAblations: readonly Ablation[] = [
  {
    name: 'every-request-puts-the-entry',
    sentence:
      'Every request with a key puts the outbox entry if absent before it answers 202; put by the first one only, a crash between claim and entry loses the command.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: "    if (decision === undefined) return { outcome: 'key_reused' };",
        to: "    if (decision === undefined) return { outcome: 'key_reused' };\n    if (decision.id !== own.id) return { outcome: 'accepted', id: decision.id, subject: command.subject, lamport: decision.lamport };",
      },
    ],
    test: spec('commands/command-acceptor.faults'),
  },
  {
    name: 'the-claim-decides-the-event',
    sentence:
      'A copy makes the event that was claimed for its key; made of its own decision, one command becomes two events.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: "outcome === 'conflict' ? undefined : claim.decision;",
        to: "outcome === 'conflict' ? undefined : own;",
      },
    ],
    test: spec('commands/command-acceptor'),
  },
  {
    name: 'a-key-belongs-to-one-body',
    sentence: 'The same key with another body is refused; accepted, the second command is silently lost.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: "outcome === 'conflict' ? undefined : claim.decision;",
        to: 'claim.decision;',
      },
    ],
    test: spec('commands/command-acceptor'),
  },
  {
    name: 'entry-before-the-publication',
    sentence:
      'The entry is put before the event is published; published first, a crash leaves an applied event that nobody accepted.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: '    const { outcome, entry } = await this.ports.outbox.accept(this.build(command, decision));',
        to: '    this.ports.publishSoon({ ...this.build(command, decision), createdAtMs: 0 } as OutboxEntry);\n    const { outcome, entry } = await this.ports.outbox.accept(this.build(command, decision));',
      },
    ],
    test: spec('commands/command-acceptor'),
  },
  {
    name: 'void-numbers-are-reported',
    sentence: 'Every number that no outbox entry carries is reported void, or the books call it lost.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: "      if (outcome.outcome !== 'accepted' || outcome.id !== own.id) this.giveUp(own);",
        to: '',
      },
    ],
    test: spec('commands/command-acceptor'),
  },
  {
    name: 'numbers-of-failures-are-void',
    sentence:
      'The number of a command that failed is reported void too: whether an entry carries it is not known.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: '      this.giveUp(own);\n      throw error;',
        to: '      throw error;',
      },
    ],
    test: spec('commands/command-acceptor.faults'),
  },
  {
    name: 'after-lamport-comes-first',
    sentence:
      'The Lamport time the client saw is merged before the event is stamped; after it, an event is older than its cause.',
    edits: [
      {
        file: `${SOURCE}/commands/command-acceptor.ts`,
        from: '    if (command.afterLamport !== undefined) await this.ports.clock.merge(command.afterLamport);\n    const own = await this.decide();',
        to: '    const own = await this.decide();\n    if (command.afterLamport !== undefined) await this.ports.clock.merge(command.afterLamport);',
      },
    ],
    test: spec('commands/command-acceptor'),
  },
  {
    name: 'any-replica-relays',
    sentence:
      'Any replica publishes again what is pending and due: entries of a process that never returns, and lost messages.',
    edits: [
      {
        file: 'libs/write-ahead-log/src/core/outbox-relay.ts',
        from: "return write.outcome === 'stored' ? this.publish(moved) : 'lostRace';",
        to: "return write.outcome === 'stored' ? 'republished' : 'lostRace';",
      },
    ],
    test: spec('commands/command-acceptor.faults'),
  },
  {
    name: 'the-relay-repeats-bytes',
    sentence:
      'The relay repeats the entry byte for byte; written anew, a newer replica would change the event.',
    edits: [
      {
        file: `${SOURCE}/publishing/event-publisher.ts`,
        from: '{ fifo, sha256Hex, body: entry.message }',
        to: '{ fifo, sha256Hex, body: entry.message.trimEnd().toLowerCase() }',
      },
    ],
    test: spec('publishing/event-publisher'),
  },
  {
    name: 'receipts-of-impostors-settle-nothing',
    sentence:
      'Receipts carry the fingerprint and another one is ignored; a quarantined impostor must not fail the original.',
    edits: [
      {
        file: 'libs/write-ahead-log/src/core/decide-settlement.ts',
        from: "  if (receipt.fingerprint !== entry.fingerprint) return { decision: 'ignore', why: 'other_fingerprint' };",
        to: '',
      },
    ],
    test: spec('receipts/handle-receipts'),
  },
  {
    name: 'receipts-make-no-entries',
    sentence: 'Receipts update only an entry that exists; what they do not know, they leave alone.',
    edits: [
      {
        file: `${SOURCE}/receipts/handle-receipts.ts`,
        from: '  const settlement = await outbox.settle(receipt);',
        to: "  const settlement = await outbox.settle(receipt);\n  if (settlement.outcome === 'unknown') throw new Error('no such entry');",
      },
    ],
    test: spec('receipts/handle-receipts'),
  },
  {
    name: 'letters-leave-before-entries-reopen',
    sentence:
      'A dead letter is sent back before its entry becomes pending again; a letter that could not be sent reopens nothing.',
    edits: [
      {
        file: `${SOURCE}/dead-letters/dead-letter-desk.ts`,
        from: "    if (result.outcome === 'failed') return { ...result, letter };",
        to: "    if (result.outcome === 'failed') {\n      await this.outbox.redrive(letter.requestId ?? '');\n      return { ...result, letter };\n    }",
      },
    ],
    test: spec('dead-letters/dead-letter-desk'),
  },
];
