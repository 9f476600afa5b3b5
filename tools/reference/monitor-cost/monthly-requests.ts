/** What is asked of AWS by a fleet that beats and by the replicas of the monitor that hear it. */
export interface FleetShape {
  readonly instances: number;
  /** Heartbeat interval T, in seconds. */
  readonly intervalSeconds: number;
  readonly replicas: number;
  /** Heartbeats in one PublishBatch, 1 to 10; 1 where each instance publishes for itself. */
  readonly beatsAPublish: number;
  /** Messages that one receive brings, 1 to 10. */
  readonly messagesAReceive: number;
  /** How often an instance is replaced, by a rollout or a new node. */
  readonly replacementsADay: number;
}

/** Billed requests and units of one month. */
export interface MonthlyRequests {
  readonly snsPublishes: number;
  readonly snsOther: number;
  readonly sqsReceives: number;
  readonly sqsDeletes: number;
  readonly sqsOther: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** 30 days. */
const MONTH_SECONDS = 2_592_000;
const DAYS = 30;
const UNIT_BYTES = 1_024;

/** Compressed; measured with 1,000 instances of random ids, clocks and transits, held by a test. */
export const SNAPSHOT_BYTES_AN_INSTANCE = 70;
/** A version with a change of state and its entry in the list of subjects. */
const WRITE_UNITS_A_CHANGE = 2;
/** Edge books of a dozen edges: up to a KB compressed, and the head. */
const BOOK_UNITS = 2;
/** How often a process asks whether its table, topic and queue answer. */
const ASKED_EVERY_SECONDS = 2;

/**
 * Counts the requests of a month, from what the code does:
 *
 *     beats      = instances * month / T          canaries = replicas * month / (T/2), monitors beat too
 *     publishes  = beats / beatsAPublish + own beats + canaries
 *     receives   = replicas * (beats + own beats + canaries) / messagesAReceive, deletes the same
 *     snapshots  = replicas * month / 3T, a write unit a KB compressed and one for the head, one strong read;
 *                  the edge books beside it: two write units for a dozen edges, one strong read
 *     boards     = replicas * month / (T/2), two strong reads
 */
export function monthlyRequests(shape: FleetShape): MonthlyRequests {
  const { instances, intervalSeconds, replicas } = shape;
  const perReplica = (everySeconds: number): number => (replicas * MONTH_SECONDS) / everySeconds;
  const beats = (instances * MONTH_SECONDS) / intervalSeconds;
  const own = perReplica(intervalSeconds) + perReplica(intervalSeconds / 2);
  const receives = (replicas * (beats + own)) / shape.messagesAReceive;
  const snapshots = perReplica(3 * intervalSeconds);
  const changes = instances * shape.replacementsADay * DAYS;
  const asked = perReplica(ASKED_EVERY_SECONDS);
  return {
    snsPublishes: beats / shape.beatsAPublish + own,
    snsOther: asked,
    sqsReceives: receives,
    sqsDeletes: receives,
    sqsOther: asked,
    writeUnits: snapshots * (snapshotUnits(instances) + BOOK_UNITS) + changes * WRITE_UNITS_A_CHANGE,
    readUnits: 2 * snapshots + 2 * perReplica(intervalSeconds / 2) + replicas * changes + asked / 2,
  };
}

function snapshotUnits(instances: number): number {
  return Math.ceil((instances * SNAPSHOT_BYTES_AN_INSTANCE) / UNIT_BYTES) + 1;
}

/**
 * Messages that a receive brings: what came since the one before.
 *
 *     rate * (cycle + gather) / pollers, from 1 to 10
 *
 * @param pollers - of one replica.
 * @param cycleSeconds - from one receive to the next: the round trips of receive and delete.
 * @param gatherSeconds - pause of a poller after a batch that was not full.
 */
export function messagesAReceive(input: {
  readonly instances: number;
  readonly intervalSeconds: number;
  readonly pollers: number;
  readonly cycleSeconds: number;
  readonly gatherSeconds: number;
}): number {
  const { instances, intervalSeconds, pollers, cycleSeconds, gatherSeconds } = input;
  const everySeconds = (cycleSeconds + gatherSeconds) / pollers;
  return Math.min(10, Math.max(1, (instances / intervalSeconds) * everySeconds));
}
