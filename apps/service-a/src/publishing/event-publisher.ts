import { type EventEnvelope, eventMessage, parseEnvelope, type Publisher } from '@latido/messaging';
import type { OutboxEntry } from '@latido/write-ahead-log';

export interface EventPublisherPorts {
  /** Sends to the topic of events. */
  readonly publisher: Publisher;
  /** Whether the topic keeps order: then a subject's events are one group. */
  readonly fifo: boolean;
  readonly sha256Hex: (text: string) => string;
  /** For metrics: the topic took an event. */
  readonly onPublished?: (envelope: EventEnvelope) => void;
  /** For logs: it did not; the relay repeats it. */
  readonly onFailed?: (failure: { readonly id: string; readonly error: Error }) => void;
}

/** The topic did not take an event, or its answer was lost. The entry stays `pending`, and the relay repeats it. */
export class EventNotPublishedError extends Error {
  override readonly name = 'EventNotPublishedError';
  readonly code = 'event_not_published';

  constructor(
    readonly id: string,
    /** The publisher's own code. */
    readonly reason: string,
    detail: string,
  ) {
    super(`event ${id} was not published (${reason}): ${detail}; the relay repeats it`);
  }
}

/** Publishes outbox entries, byte for byte as they were written down. */
export class EventPublisher {
  constructor(private readonly ports: EventPublisherPorts) {}

  /** Begins to publish and returns at once. Entries that are handed in one after the other leave in that order. */
  publishSoon(entry: OutboxEntry): void {
    this.publish(entry).catch((error: Error) => this.ports.onFailed?.({ id: entry.id, error }));
  }

  /** @throws {@link EventNotPublishedError} when the topic did not take it. */
  async publish(entry: OutboxEntry): Promise<void> {
    const { publisher, fifo, sha256Hex, onPublished } = this.ports;
    const envelope = this.envelopeOf(entry);
    const message = eventMessage(envelope, { fifo, sha256Hex, body: entry.message });
    const [result] = await publisher.publish([message]);
    if (result?.outcome !== 'published')
      throw new EventNotPublishedError(entry.id, result?.code ?? 'failed', result?.detail ?? 'no answer');
    onPublished?.(envelope);
  }

  private envelopeOf({ id, message, createdAtMs }: OutboxEntry): EventEnvelope {
    const { sha256Hex } = this.ports;
    const parsed = parseEnvelope(message, { messageId: id, sentAtMs: createdAtMs, sha256Hex });
    if (parsed.outcome === 'unreadable') throw new EventNotPublishedError(id, parsed.reason, parsed.detail);
    return parsed.envelope;
  }
}
