import type { Disposition, ReceivedMessage } from '@latido/messaging';
import type { StateJournal } from '../journal/state-journal';
import type { Monitor } from '../liveness/monitor';

/** What is not on record by then comes back; by then the store answers again, or the message is too old to matter. */
const COME_BACK_SECONDS = 20;

/**
 * What the queue's consumer calls, a batch at a time.
 *
 *     all messages into the monitor -> what they changed on record? -> acknowledge
 *                                                        no         -> give back
 *
 * A store that is away delays nothing: verdicts go on, and only the messages that changed a state wait.
 */
export class HeartbeatHandler {
  constructor(
    private readonly monitor: Pick<Monitor, 'receive'>,
    private readonly journal: Pick<StateJournal, 'written'>,
  ) {}

  async handle(batch: readonly ReceivedMessage[]): Promise<readonly Disposition[]> {
    const services = batch.map((message) => this.monitor.receive(message));
    return Promise.all(services.map(async (service) => this.dispositionOf(service)));
  }

  private async dispositionOf(service: string | undefined): Promise<Disposition> {
    if (service === undefined || (await this.journal.written(service))) return { kind: 'acknowledge' };
    return { kind: 'giveBack', delaySeconds: COME_BACK_SECONDS };
  }
}
