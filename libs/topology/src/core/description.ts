import type { TableDefinition } from '@latido/persistence';

/** A deployable microservice: its local ports, and what it may touch. */
export interface ServiceDescription<N extends Names = Names> {
  readonly name: N['service'];
  /** Defaults on a developer's machine. */
  readonly ports: ServicePorts;
  readonly publishes: readonly N['topic'][];
  readonly consumes: readonly N['queue'][];
  readonly reads: readonly N['table'][];
  readonly writes: readonly N['table'][];
}

export interface ServicePorts {
  readonly http: number;
  readonly metrics: number;
  /** Synchronous calls from another service, where it takes any. */
  readonly rpc?: number;
}

/** A topic; with `fifoTwin` there is a second one named `<name>.fifo`, for those who pay for order. */
export interface TopicDescription<N extends Names = Names> {
  readonly name: N['topic'];
  readonly fifoTwin: boolean;
}

/** A queue and its dead-letter queue `<name>-dlq`; with `fifoTwin` both exist a second time, ending in `.fifo`. */
export interface QueueDescription<N extends Names = Names> {
  readonly name: N['queue'];
  readonly fifoTwin: boolean;
  /** How long a received message stays hidden from others; longer than the longest handler without an extension. */
  readonly visibilityTimeoutSeconds: number;
  /** How long an unread message is kept: 60 s to 14 days. */
  readonly retentionSeconds: number;
  readonly deadLetter: {
    /** Receives before a message moves to the dead-letter queue. */
    readonly maxReceiveCount: number;
    /** At least the queue's own: on a standard queue a moved message keeps its age. */
    readonly retentionSeconds: number;
  };
}

/** A queue that gets every message of a topic, as the raw body. */
export interface SubscriptionDescription<N extends Names = Names> {
  readonly topic: N['topic'];
  readonly queue: N['queue'];
}

/** The names a topology may use: a wrong one does not compile. */
export interface Names {
  readonly service: string;
  readonly topic: string;
  readonly queue: string;
  readonly table: string;
}

/** The whole system in one value: who there is, over what they talk, and where they store. */
export interface Topology<N extends Names = Names> {
  readonly services: readonly ServiceDescription<N>[];
  readonly topics: readonly TopicDescription<N>[];
  readonly queues: readonly QueueDescription<N>[];
  readonly subscriptions: readonly SubscriptionDescription<N>[];
  readonly tables: readonly (TableDefinition & { readonly name: N['table'] })[];
}
