import type { Pod } from './pod';
import { PAYLOAD_MARKER } from '../../rig/discretion';

/** Events of clients, by POST /events at a steady rate. Answers do not matter: a fault may spoil them. */
export class Load {
  private timer: NodeJS.Timeout | undefined;
  private sent = 0;

  /** @param intervalMs - the heartbeat interval. */
  constructor(
    private readonly pods: readonly Pod[],
    private readonly intervalMs: number,
  ) {}

  /** Sends so many events a heartbeat from now on, in turn to each pod; 0 ends it. */
  rate(perBeat: number): void {
    clearInterval(this.timer);
    if (perBeat > 0)
      this.timer = setInterval(() => void this.send().catch(() => undefined), this.intervalMs / perBeat);
  }

  /** Sends so many events at once, and waits for the answers. */
  async burst(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, async () => this.send()));
  }

  private async send(): Promise<void> {
    const number = (this.sent += 1);
    const pod = this.pods[number % this.pods.length];
    const data = { [`f${number % 7}`]: `${PAYLOAD_MARKER} ${number}` };
    await pod?.api.post('/events', { subject: `cart-${number % 20}`, operation: 'merge', data });
  }
}
