import { createInMemoryCommitter, createInMemoryTables } from '@latido/event-commit/in-memory';
import type { CommitOptions } from '@latido/event-commit';
import { openLamportClock } from '@latido/lamport-clock';
import { InMemoryLimitStore } from '@latido/lamport-clock/in-memory';
import { ContractRegistry, parseEnvelope, type ReceiptData, STATE_CHANGED_V1 } from '@latido/messaging';
import { createPublisher, sha256Hex } from '@latido/messaging/aws';
import { InMemoryQueue } from '@latido/messaging/in-memory';
import { faulty, type Intercept } from '@latido/simulation';
import { type BatchPorts, type Processed, processBatch } from '../consumer/process-batch';
import { ReceiptSender } from '../receipts/receipt-sender';
import { aDelivery } from './an-event-message';

/** Compiled once: it is the dearest part of a world. */
const contracts = new ContractRegistry([STATE_CHANGED_V1]);

/** Lets every call happen. */
const undisturbed: Intercept = ({ perform }) => perform();

/**
 * A process with everything that a batch goes through, in memory: the tables and the topic stay, its memory does not.
 *
 * @param setting.intercept - stands before every call of a port: tables, clock, topic.
 */
export async function aBatchWorld(setting: { readonly options?: Partial<CommitOptions> } = {}) {
  const tables = createInMemoryTables();
  const topic = new InMemoryQueue(Date.now, 'receipts');
  const limits = new InMemoryLimitStore();

  /** A fresh process on the same tables. */
  const start = async (intercept: Intercept = undisturbed) => {
    const clock = await openLamportClock({ service: 'service-b', store: limits });
    const disturbed = {
      claims: faulty('claims', tables.claims, intercept),
      versions: faulty('versions', tables.versions, intercept),
    };
    const process = createInMemoryCommitter({ tables, ports: disturbed, ...setting });
    const writer = await process.openLog();
    const log = {
      append: faulty('log', { append: writer.append.bind(writer) }, intercept).append,
      finish: writer.finish.bind(writer),
    };
    const numbers = { assign: () => 1, published: () => undefined, voided: () => undefined };
    const receipts = new ReceiptSender({
      publisher: faulty('receipts', createPublisher(topic, {}, { lingerMs: 0 }), intercept),
      clock,
      numbers,
      now: Date.now,
      newId: () => crypto.randomUUID(),
      sha256Hex,
      fifo: false,
    });
    const ports: BatchPorts = {
      contracts,
      sha256Hex,
      merge: faulty('clock', { merge: clock.merge.bind(clock) }, intercept).merge,
      committer: process.committer,
      sendReceipts: (batch) => receipts.send(batch),
    };
    return {
      clock,
      ports,
      run: (...bodies: readonly string[]): Promise<readonly Processed[]> =>
        processBatch(
          bodies.map((body, i) => aDelivery(body, i)),
          log,
          ports,
        ),
    };
  };

  /** Everything that was told so far, oldest first. */
  const told = async (): Promise<readonly (ReceiptData & { readonly lamport: number })[]> => {
    const request = { maxMessages: 1_000, visibilitySeconds: 0, waitSeconds: 0 };
    return (await topic.receive(request)).map(({ body, messageId, sentAtMs }) => {
      const parsed = parseEnvelope(body, { messageId, sentAtMs, sha256Hex });
      if (parsed.outcome !== 'event') throw new Error(parsed.detail);
      const { data, lamport } = parsed.envelope;
      return { ...(data as unknown as ReceiptData), lamport };
    });
  };

  /** RequestIDs of a subject's versions, in order. */
  const history = async (subject = 'cart-1'): Promise<readonly string[]> => {
    const { versions } = await tables.versions.list({ subject, limit: 1_000 });
    return versions.map(({ requestId }) => requestId).toReversed();
  };

  return { start, told, history, tables };
}
