import type { DeadLetter, DeadLetters, RedriveResult } from '@latido/messaging';
import type { Outbox, Redrive } from '@latido/write-ahead-log';

/** A dead-letter queue of an edge that this service is one end of. */
export interface DeadLetterEdge {
  /** The queue its letters come from: its name in the topology. */
  readonly queue: string;
  readonly letters: Pick<DeadLetters, 'list' | 'redrive' | 'redriveAll'>;
  /** Whether the letters are events of our own outbox. */
  readonly isOwnEvents: boolean;
}

/** A dead letter and the queue it fell out of. */
export interface DeskLetter extends DeadLetter {
  readonly queue: string;
}

/** What became of one redrive; `event` says what became of its outbox entry, where it has one. */
export type DeskRedrive =
  | { readonly outcome: 'redriven'; readonly letter: DeskLetter; readonly event?: Redrive['outcome'] }
  | { readonly outcome: 'not_found' }
  | {
      readonly outcome: 'failed';
      readonly letter: DeskLetter;
      readonly code: string;
      readonly detail: string;
    };

/** The dead letters of both edges: events that service-b could not take, receipts that service-a could not take. */
export class DeadLetterDesk {
  constructor(
    private readonly edges: readonly DeadLetterEdge[],
    private readonly outbox: Pick<Outbox, 'redrive'>,
  ) {}

  /** Up to `limit` letters of each queue, or of one. */
  async list(request: { readonly limit: number; readonly queue?: string }): Promise<readonly DeskLetter[]> {
    const edges = this.edges.filter(({ queue }) => queue === (request.queue ?? queue));
    const lists = await Promise.all(
      edges.map(async ({ queue, letters }) =>
        (await letters.list(request)).map((letter) => ({ ...letter, queue })),
      ),
    );
    return lists.flat();
  }

  /** Sends one letter back to its queue, and lets a failed event wait for its receipt again. */
  async redrive(id: string): Promise<DeskRedrive> {
    for (const edge of this.edges) {
      const result = await edge.letters.redrive(id);
      if (result.outcome !== 'not_found') return this.reopen(edge, result);
    }
    return { outcome: 'not_found' };
  }

  /** As {@link DeadLetterDesk.redrive}, for up to `limit` letters of each queue. */
  async redriveAll(request: { readonly limit: number }): Promise<readonly DeskRedrive[]> {
    const results: DeskRedrive[] = [];
    for (const edge of this.edges)
      for (const result of await edge.letters.redriveAll(request))
        results.push(await this.reopen(edge, result));
    return results;
  }

  /**
   * After the letter was sent, never before: a crash in between leaves an entry that is `failed` although its event
   * is on its way, and the receipt completes it all the same.
   */
  private async reopen({ queue, isOwnEvents }: DeadLetterEdge, result: RedriveResult): Promise<DeskRedrive> {
    if (result.outcome === 'not_found') return result;
    const letter = { ...result.letter, queue };
    if (result.outcome === 'failed') return { ...result, letter };
    const { requestId } = letter;
    if (!isOwnEvents || requestId === undefined) return { outcome: 'redriven', letter };
    const { outcome: event } = await this.outbox.redrive(requestId);
    return { outcome: 'redriven', letter, event };
  }
}
