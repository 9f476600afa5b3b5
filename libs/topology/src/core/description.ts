import type { TableDefinition } from '@latido/persistence';

/** A deployable microservice: its ports, what it may touch, whom it talks to, and how long it takes to stop. */
export interface ServiceDescription<N extends Names = Names> {
  readonly name: N['service'];
  /** Defaults on a developer's machine, and the ports of its container. */
  readonly ports: ServicePorts;
  /** Who answers for it, by day and by night; without one it is nobody's, which the tests refuse. */
  readonly owner?: Ownership;
  /** What its users may expect of its API. */
  readonly api: ApiObjective;
  readonly publishes: readonly N['topic'][];
  readonly consumes: readonly N['queue'][];
  /** Queues whose dead letters it shows and sends back. */
  readonly redrives: readonly N['queue'][];
  readonly reads: readonly TableReads<N>[];
  readonly writes: readonly TableWrites<N>[];
  /** Synchronous calls to other services. */
  readonly calls: readonly { readonly service: N['service']; readonly port: keyof ServicePorts }[];
  /** Whether Alertmanager sends its notifications here. */
  readonly receivesAlerts: boolean;
  /** Whether it may ask Kubernetes about pods, as a second witness of their end. */
  readonly watchesPods: boolean;
  readonly drain: DrainDescription;
}

/** How a service reads a table: calls on the table itself, and the indexes it queries. */
export interface TableReads<N extends Names = Names> {
  readonly table: N['table'];
  readonly by: readonly ('GetItem' | 'Query')[];
  readonly indexes: readonly string[];
}

/** How a service writes to a table. Nobody deletes: items expire. */
export interface TableWrites<N extends Names = Names> {
  readonly table: N['table'];
  readonly by: readonly ('PutItem' | 'UpdateItem')[];
}

/** How long a service may take to stop, from the moment its pod is told to; see `graceSeconds`. */
export interface DrainDescription {
  /** It still answers while everybody learns that it is leaving. */
  readonly preStopSeconds: number;
  /** Longest that work under way may take to end, its deletes included; messages not done by then come again. */
  readonly longestHandlerSeconds: number;
  /** Longest that all after it may take: log slots, goodbye, closing of HTTP, telemetry. */
  readonly flushSeconds: number;
}

export interface ServicePorts {
  readonly http: number;
  readonly metrics: number;
  /** Synchronous calls from another service, where it takes any. */
  readonly rpc?: number;
}

/** Who answers for a service: labels of every alert about it, and the route that the alert takes. */
export interface Ownership {
  readonly team: string;
  /** 1 is needed by everybody, at once; 3 can wait for the morning. */
  readonly tier: 1 | 2 | 3;
  /** Name of the rota that is called; a receiver of Alertmanager has it. */
  readonly onCall: string;
}

/** A promise about a share of all cases, with as many cases as there must be before breaking it means anything. */
interface Promised {
  /** Share of the cases that must be good, e.g. 0.999. */
  readonly share: number;
  /** Cases in the longer window of an alert before it may fire: three events a day page nobody. */
  readonly minimumEvents: number;
}

/** The part of a promise that says what is fast enough. */
interface Within {
  /** Must be a bucket bound of the histogram it is judged by. */
  readonly withinSeconds: number;
}

/** What users may expect of an API: answers that are not 5xx, and answers in time. */
export interface ApiObjective {
  readonly availability: Promised;
  readonly latency: Promised & Within;
}

/** What an edge promises: a share of its messages arrives in time after it was made. */
export interface EdgeObjective<N extends Names = Names> extends Promised, Within {
  readonly producer: N['service'];
  readonly topic: N['topic'];
  readonly consumer: N['service'];
}

/** What a workflow promises: a share of the events that were accepted is completed, not refused or lost. */
export interface WorkflowObjective<N extends Names = Names> extends Promised {
  /** Topic of the event that begins it. */
  readonly workflow: N['topic'];
  readonly service: N['service'];
}

/** A topic; with `fifoTwin` there is a second one named `<name>.fifo`, for those who pay for order. */
export interface TopicDescription<N extends Names = Names> {
  readonly name: N['topic'];
  readonly fifoTwin: boolean;
  /** Whether its messages are worth keeping for later questions, where an archive is set up. */
  readonly archived: boolean;
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
    /** Whether the consumer moves poison there itself, with its reason; otherwise only SQS does, by counting receives. */
    readonly filledByConsumer: boolean;
  };
  /** Where the consumer may have more replicas when messages wait: so many waiting messages ask for one replica. */
  readonly scaling?: { readonly messagesPerReplica: number };
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
  /** Ports of the embedded AWS, where it stands in for the real one. */
  readonly localAwsPorts: LocalAwsPorts;
  /** Promises about edges; the rules of the alerts are made from them. */
  readonly edgeObjectives: readonly EdgeObjective<N>[];
  /** Promises about events as a whole. */
  readonly workflowObjectives: readonly WorkflowObjective<N>[];
}

export interface LocalAwsPorts {
  /** SNS and SQS. */
  readonly messaging: number;
  readonly dynamodb: number;
}
