import type { Heartbeat, HeartbeatState } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { heartbeatEvent } from './heartbeat-event';
import { QueueDesk } from './queue-desk';
import type { Scene } from './scene';

/** An instance that does nothing but send heartbeats, with a clock on the wall that the test may set. */
export class ScratchSender {
  /** Added to the wall clock; the time since its start goes on as ever. */
  wallOffsetMs = 0;
  private readonly startedAtMs = performance.now();
  private readonly epoch = Date.now();
  private readonly desk: QueueDesk;
  private timer: NodeJS.Timeout | undefined;
  private seq = 0;

  constructor(
    private readonly scene: Scene,
    private readonly identity: Pick<Heartbeat, 'service' | 'instanceId' | 'intervalMs'> &
      Partial<Pick<Heartbeat, 'produces' | 'accepts'>>,
  ) {
    this.desk = new QueueDesk(scene.aws);
  }

  /** Sends one now, and one each interval from now on. */
  start(): this {
    this.timer = setInterval(() => void this.send('up').catch(() => undefined), this.identity.intervalMs);
    void this.send('up').catch(() => undefined);
    return this;
  }

  /** Falls silent, as whoever is killed. */
  stop(): void {
    clearInterval(this.timer);
  }

  /** Says goodbye, and falls silent when that is out. */
  async leave(): Promise<void> {
    this.stop();
    await this.send('goodbye');
  }

  private async send(state: HeartbeatState): Promise<void> {
    this.seq += 1;
    const data = aHeartbeat({
      ...this.identity,
      incarnation: { epoch: this.epoch, token: 'scratch' },
      seq: this.seq,
      sentAtMs: Date.now() + this.wallOffsetMs,
      uptimeMs: Math.trunc(performance.now() - this.startedAtMs),
      state,
    });
    await this.desk.publish(this.scene.names.topicArn('heartbeats'), [heartbeatEvent(data)]);
  }
}
