import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Log } from '@latido/observability';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import { CommandAcceptor } from '../commands/command-acceptor';
import type { ServiceASettings } from '../configuration';
import { demoCommand } from './demo-command';

/** Commands under way at once; when the store is slow, the demo is slow too. */
const MAX_UNDER_WAY = 50;

/** Makes up events at an even pace, by the same way as POST /events. Off unless DEMO_TRAFFIC_PER_SECOND says otherwise. */
@Injectable()
export class DemoTraffic implements OnApplicationBootstrap {
  private timer: NodeJS.Timeout | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    @Inject(CommandAcceptor) private readonly acceptor: CommandAcceptor,
    @Inject(SETTINGS) private readonly settings: ServiceASettings,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { demoTrafficPerSecond } = this.settings;
    if (demoTrafficPerSecond === 0) return;
    this.timer = setInterval(() => this.makeOne(), 1_000 / demoTrafficPerSecond);
    this.timer.unref();
  }

  /** Resolves when what was begun is finished. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underWay);
  }

  private makeOne(): void {
    if (this.underWay.size >= MAX_UNDER_WAY) return;
    const made = this.accept().finally(() => this.underWay.delete(made));
    this.underWay.add(made);
  }

  private async accept(): Promise<void> {
    try {
      await this.acceptor.accept({ command: demoCommand(Math.random) });
    } catch (err) {
      this.log.warn({ event: 'demo_event_refused', err }, 'a demo event was not accepted');
    }
  }
}
