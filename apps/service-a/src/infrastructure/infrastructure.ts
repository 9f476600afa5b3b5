import type { ClaimStore } from '@latido/idempotent-receiver';
import type { LimitStore } from '@latido/lamport-clock';
import type { Publisher } from '@latido/messaging';
import type { QueueDepth, SqsClients } from '@latido/messaging/aws';
import type { Dependency } from '@latido/service-host/nest';
import type { OutboxStore } from '@latido/write-ahead-log';
import type { Decision } from '../commands/decision';
import type { DeadLetterEdge } from '../dead-letters/dead-letter-desk';

/** Injects the {@link Infrastructure}. */
export const INFRASTRUCTURE = Symbol('INFRASTRUCTURE');

/** Everything outside the process that service-a talks to, behind ports: AWS, or memory in tests. */
export interface Infrastructure {
  readonly claims: ClaimStore<Decision>;
  readonly limits: LimitStore;
  readonly outbox: OutboxStore;
  readonly events: ClosablePublisher;
  readonly heartbeats: ClosablePublisher;
  readonly deadLetters: readonly DeadLetterEdge[];
  /** Where receipts come from; absent where none are consumed. */
  readonly receipts?: ReceiptsQueue;
  /** Asked every few seconds; readiness tells the answers. */
  readonly dependencies: readonly Dependency[];
  readonly queues: readonly WatchedQueue[];
  /** Ends connections, when nothing uses them any more. */
  close(): void;
}

/** A publisher that can be told to send the rest. */
export interface ClosablePublisher extends Publisher {
  close(): Promise<void>;
}

interface ReceiptsQueue {
  readonly clients: SqsClients;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** A queue whose depth is shown. */
export interface WatchedQueue {
  /** Its name in the topology. */
  readonly queue: string;
  readonly isDeadLetterQueue: boolean;
  readonly depth: () => Promise<QueueDepth>;
}
