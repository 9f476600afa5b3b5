import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { OutboxRelay, RelayReport } from '../core/outbox-relay';
import { Repeater } from './repeater';
import { OUTBOX_OPTIONS, OUTBOX_RELAY } from './tokens';

export interface RelayTimerOptions {
  /** Default 1 s: an index query of half a read unit a second and replica. */
  readonly relayEveryMs?: number;
  /** For metrics and logs: after each round. */
  readonly onRound?: (report: RelayReport) => void;
  /** For metrics and logs: a round failed; the next one comes all the same. */
  readonly onError?: (error: unknown) => void;
}

/** Runs the relay from the start of the application until the owner of the stop calls {@link RelayTimer.stop}. */
@Injectable()
export class RelayTimer implements OnApplicationBootstrap {
  private readonly repeater: Repeater;

  constructor(
    @Inject(OUTBOX_RELAY) relay: OutboxRelay,
    @Inject(OUTBOX_OPTIONS) { relayEveryMs = 1_000, onRound, onError }: RelayTimerOptions,
  ) {
    this.repeater = new Repeater({
      everyMs: relayEveryMs,
      task: async () => {
        const report = await relay.runRound();
        onRound?.(report);
      },
      onError: (error) => onError?.(error),
    });
  }

  onApplicationBootstrap(): void {
    this.repeater.start();
  }

  /** Waits for the round under way. Call it before the publisher closes. */
  async stop(): Promise<void> {
    await this.repeater.stop();
  }
}
