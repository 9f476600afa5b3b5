import { type EventEnvelope, eventMessage, type Publisher } from '@latido/messaging';
import type { Log } from '@latido/observability';
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
  readonly log: Log;
}

/**
 * Sends the monitor's own test messages the way every heartbeat goes. One that does not come back says
 * that the way is broken; only the monitor that sent it asks for it.
 */
export class CanarySender {
  private count = 0;
  /** Canaries that were not published since the last one that was. */
  private failedInARow = 0;

  constructor(private readonly ports: CanarySenderPorts) {}

  /** Sends one. Never throws: a canary that could not be sent is one that does not come back. */
  async send(): Promise<void> {
    const { publisher, monitor, incarnation, sha256Hex } = this.ports;
    this.count += 1;
    const id = `${incarnation}-${this.count}`;
    monitor.canarySent(id);
    const [result] = await publisher.publish([eventMessage(this.envelopeOf(id), { fifo: false, sha256Hex })]);
    if (result?.outcome === 'published') this.noteSuccess();
    else this.noteFailure(result);
  }

  private noteSuccess(): void {
    const failures = this.failedInARow;
    this.failedInARow = 0;
    if (failures > 0)
      this.ports.log.info({ event: 'canary_published_again', failures }, 'canaries leave again');
  }

  /** One line an outage: the metrics count the canaries that did not come back. */
  private noteFailure(result: { readonly code: string; readonly detail: string } | undefined): void {
    this.failedInARow += 1;
    if (this.failedInARow > 1) return;
    const reason = result === undefined ? 'no answer' : `${result.code}: ${result.detail}`;
    this.ports.log.warn(
      { event: 'canary_not_published', reason },
      'no canary leaves; we go blind if it lasts',
    );
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
