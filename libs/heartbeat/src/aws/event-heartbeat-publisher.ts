import { dataschemaOf, type EventEnvelope, eventMessage, type Publisher } from '@latido/messaging';
import type { Heartbeat } from '../core/heartbeat';
import { heartbeatContract } from '../core/heartbeat-contract';
import type { HeartbeatPublisher } from '../core/ports';

export interface EventHeartbeatPublisherPorts {
  /** Sends to the heartbeats topic. */
  readonly publisher: Publisher;
  /** A text that no other beat has; the id of its event. */
  readonly newId: () => string;
  readonly sha256Hex: (text: string) => string;
  /** Last Lamport time of the process; 0 where it keeps none. Reading it must not tick: a beat is not an event of the state. */
  readonly lamport: () => number;
  /** Told of each beat that the topic took. */
  readonly onPublished?: () => void;
}

/** The channel took no heartbeat, or its answer was lost. */
export class HeartbeatNotPublishedError extends Error {
  override readonly name = 'HeartbeatNotPublishedError';
  readonly code = 'heartbeat_not_published';

  constructor(
    /** The publisher's own code. */
    readonly reason: string,
    detail: string,
  ) {
    super(`the heartbeat was not published (${reason}): ${detail}`);
  }
}

/**
 * Heartbeats as CloudEvents of type `latido.heartbeat.v1`: the subject is the service, the data is the heartbeat.
 *
 * @example
 * const publisher = new EventHeartbeatPublisher({ publisher: heartbeatsTopic, newId: uuid, sha256Hex, lamport: () => clock.time });
 */
export class EventHeartbeatPublisher implements HeartbeatPublisher {
  constructor(private readonly ports: EventHeartbeatPublisherPorts) {}

  /** @throws {@link HeartbeatNotPublishedError} when the topic did not take it. */
  async publish(heartbeat: Heartbeat): Promise<void> {
    const { publisher, sha256Hex } = this.ports;
    const message = eventMessage(this.envelopeOf(heartbeat), { fifo: false, sha256Hex });
    const [result] = await publisher.publish([message]);
    if (result?.outcome !== 'published')
      throw new HeartbeatNotPublishedError(result?.code ?? 'failed', result?.detail ?? 'no answer');
    this.ports.onPublished?.();
  }

  private envelopeOf(heartbeat: Heartbeat): EventEnvelope {
    return {
      id: this.ports.newId(),
      source: `/${heartbeat.service}`,
      type: heartbeatContract.type,
      subject: heartbeat.service,
      time: new Date(heartbeat.sentAtMs).toISOString(),
      dataschema: dataschemaOf(heartbeatContract),
      data: JSON.parse(JSON.stringify(heartbeat)) as EventEnvelope['data'],
      lamport: this.ports.lamport(),
      epoch: heartbeat.incarnation.epoch,
      // Not numbered: a heartbeat has its own seq, and copies of a goodbye share it.
      sequence: 0,
    };
  }
}
