import type { Ablation } from './ablation';

const SOURCE = 'apps/service-b/src';
const spec = (path: string): Ablation['test'] => ({ project: 'unit', path: `${SOURCE}/${path}.spec.ts` });

/** Rules of the consumer, from the queue to the acknowledgement. */
export const serviceBAblations: readonly Ablation[] = [
  {
    name: 'receipts-before-acknowledgement',
    sentence:
      'A message is acknowledged only when its receipt was taken; the other order leaves an applied event pending for ever.',
    edits: [
      {
        file: `${SOURCE}/consumer/process-batch.ts`,
        from: "isTold(verdict.receipt) ? 'acknowledge' : 'giveBack'",
        to: "isTold(verdict.receipt) ? 'acknowledge' : 'acknowledge'",
      },
    ],
    test: spec('consumer/process-batch'),
  },
  {
    name: 'receipt-before-a-dead-letter-is-deleted',
    sentence:
      'The message of a dead letter stays until its receipt was taken; its producer would never hear of it.',
    edits: [
      {
        file: `${SOURCE}/consumer/event-consumer.ts`,
        from: 'if (!isTaken) throw',
        to: 'if (false) throw',
      },
    ],
    test: spec('consumer/event-consumer'),
  },
  {
    name: 'duplicates-are-told-again',
    sentence:
      'A duplicate sends the receipt again; the first may have been lost with the process that sent it.',
    edits: [
      {
        file: `${SOURCE}/receipts/receipt.ts`,
        from: "    case 'duplicate':\n      return appliedReceipt(event, outcome.version);",
        to: "      return appliedReceipt(event, outcome.version);\n    case 'duplicate':\n      return undefined;",
      },
    ],
    test: spec('consumer/process-batch'),
  },
  {
    name: 'recovery-tells-again',
    sentence:
      'Recovery sends the receipt of what it repeats; the message may be gone, and nobody else would.',
    edits: [
      {
        file: `${SOURCE}/log/redeliver.ts`,
        from: 'if (!receipt) return;',
        to: 'if (receipt || !receipt) return;',
      },
    ],
    test: spec('log/redeliver'),
  },
  {
    name: 'only-a-stored-rejection-is-certain',
    sentence: 'A quarantined event is failed, uncertain: a redrive may complete it.',
    edits: [
      {
        file: `${SOURCE}/receipts/receipt.ts`,
        from: '{ reason: quarantineReason(outcome), certain: false }',
        to: '{ reason: quarantineReason(outcome), certain: true }',
      },
    ],
    test: spec('consumer/verdict'),
  },
  {
    name: 'merge-before-stamping',
    sentence:
      'The time of an event is merged before anything is stamped that it caused; else an effect is older than its cause.',
    edits: [
      {
        file: `${SOURCE}/consumer/merge-lamport.ts`,
        from: 'await merge(understood.event.lamport)',
        to: 'await merge(0)',
      },
    ],
    test: spec('consumer/process-batch'),
  },
  {
    name: 'numbers-end-published-or-void',
    sentence: 'Every number that no message carries is reported void, or the books call it lost.',
    edits: [
      {
        file: `${SOURCE}/receipts/receipt-sender.ts`,
        from: 'else numbers.voided({ topic: RECEIPTS_TOPIC, sequence });',
        to: '',
      },
    ],
    test: spec('receipts/receipt-sender'),
  },
  {
    name: 'a-fenced-slot-is-left',
    sentence:
      'A poller whose slot was taken over goes on with another; on the old one every batch would fail.',
    edits: [
      {
        file: `${SOURCE}/log/log-slot.ts`,
        from: "if (append.outcome === 'fenced') onFenced();",
        to: '',
      },
    ],
    test: spec('log/log-slot'),
  },
  {
    name: 'hold-while-something-is-away',
    sentence: 'Nothing is received while what an event needs is away; each delivery wears a message out.',
    edits: [
      {
        file: `${SOURCE}/consumer/consumer-control.ts`,
        from: "this.current === 'auto' && this.held.length === 0",
        to: "this.current === 'auto'",
      },
    ],
    test: spec('consumer/consumer-control'),
  },
];
