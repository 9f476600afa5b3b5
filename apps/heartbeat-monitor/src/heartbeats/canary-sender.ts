import { type EventEnvelope, eventMessage, type Publisher } from '@latido/messaging';
import { CANARY_TYPE } from '../liveness/canary';
import type { Monitor } from '../liveness/monitor';

export interface CanarySenderPorts {
  readonly publisher: Publisher;
  readonly monitor: Pick<Monitor, 'canarySent'>;
  readonly replica: number;
  /** Unique to this start of this replica. */
  readonly incarnation: string;
  readonly epoch: number;
  readonly now: () => number;
  readonly sha256Hex: (text: string) => string;
}

/**
 * Sends the monitor's own test messages the way every heartbeat goes. One that does not come back says
 * that the way is broken; only the monitor that sent it asks for it.
 */
export class CanarySender {
  private count = 0;

  constructor(private readonly ports: CanarySenderPorts) {}

  /** Sends one. Never throws: a canary that could not be sent is one that does not come back. */
  async send(): Promise<void> {
    const { publisher, monitor, incarnation, sha256Hex } = this.ports;
    this.count += 1;
    const id = `${incarnation}-${this.count}`;
    monitor.canarySent(id);
    await publisher.publish([eventMessage(this.envelopeOf(id), { fifo: false, sha256Hex })]);
  }

  private envelopeOf(id: string): EventEnvelope {
    const { replica, epoch, now } = this.ports;
    return {
      id: `canary-${id}`,
      source: '/heartbeat-monitor',
      type: CANARY_TYPE,
      subject: `heartbeat-monitor/${replica}`,
      time: new Date(now()).toISOString(),
      // The replica is for people who look into a queue.
      data: { id, replica },
      lamport: 0,
      epoch,
      sequence: 0,
    };
  }
}
