import type { DynamicModule, Type } from '@nestjs/common';
import type { CommitDecision, LogRecord } from '@latido/event-commit';
import type { ClaimStore } from '@latido/idempotent-receiver';
import type { LimitStore } from '@latido/lamport-clock';
import type { BatchTransport } from '@latido/messaging';
import type { QueueDepth } from '@latido/messaging/aws';
import type { VersionStore } from '@latido/versioned-value';
import type { SegmentStore, WriterStore } from '@latido/write-ahead-log';

/** Where the patterns keep what they know: the three tables. */
export interface Stores {
  readonly claims: ClaimStore<CommitDecision>;
  readonly versions: VersionStore;
  readonly segments: SegmentStore<LogRecord>;
  readonly writers: WriterStore;
  readonly limits: LimitStore;
}

/** A topic to publish to; its name says whether it keeps order. */
type Topic = BatchTransport & { readonly name: string };

export interface Topics {
  readonly receipts: Topic;
  readonly heartbeats: Topic;
}

/** How much waits in the queue of events and in its dead-letter queue. */
export type LookAtQueues = () => Promise<{ readonly events: QueueDepth; readonly deadLetters: QueueDepth }>;

/**
 * Everything outside of the process, as modules: AWS when it runs, memory in tests.
 *
 * `resources`, a global module, provides {@link STORES}, {@link TOPICS}, {@link DEPENDENCIES} and {@link QUEUES}.
 * `consumer` provides the paused QueueConsumer of the events by {@link EVENT_QUEUE_CONSUMER}; it hands its
 * messages to the EventConsumer that the given module exports.
 */
export interface Infrastructure {
  readonly resources: DynamicModule;
  readonly consumer: (events: Type | DynamicModule) => DynamicModule;
}

/** Injects {@link Stores}. */
export const STORES = Symbol('STORES');
/** Injects {@link Topics}. */
export const TOPICS = Symbol('TOPICS');
/** Injects the list of what the service depends on. */
export const DEPENDENCIES = Symbol('DEPENDENCIES');
/** Injects {@link LookAtQueues}. */
export const QUEUES = Symbol('QUEUES');
/** Injects the QueueConsumer of the events. */
export const EVENT_QUEUE_CONSUMER = Symbol('EVENT_QUEUE_CONSUMER');

/** Name of the queue in the topology. */
export const EVENTS_QUEUE = 'service-b-events';
