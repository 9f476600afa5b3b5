import type { Heartbeat } from '../core/heartbeat';
import type { HeartbeatPublisher } from '../core/ports';

/** Keeps what was published, newest last, at most `capacity`; fails while it is told to. */
export class RecordingPublisher implements HeartbeatPublisher {
  private readonly kept: Heartbeat[] = [];
  /** While true, every publish fails. */
  failing = false;

  constructor(private readonly capacity = 10_000) {}

  get heartbeats(): readonly Heartbeat[] {
    return this.kept;
  }

  publish(heartbeat: Heartbeat): Promise<void> {
    if (this.failing) return Promise.reject(new Error('the channel is away'));
    this.kept.push(structuredClone(heartbeat));
    if (this.kept.length > this.capacity) this.kept.shift();
    return Promise.resolve();
  }
}
