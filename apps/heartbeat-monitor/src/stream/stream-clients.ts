import { encodeEvent, KEEP_ALIVE } from './encode-event';
import type { EventLog, StreamEvent } from './event-log';

/** The part of an HTTP response that a stream writes to. */
export interface StreamOutput {
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
  /** Bytes that the listener has not taken yet. */
  readonly writableLength: number;
  on(event: 'close', listener: () => void): unknown;
}

/** A listener that is this far behind is cut off; it comes back and goes on by its last id. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/**
 * Everybody who listens to the stream.
 *
 *     new, or away too long:  snapshot, then every event
 *     back with a known id:   what was missed, then every event
 */
export class StreamClients {
  private readonly outputs = new Set<StreamOutput>();

  constructor(
    private readonly ports: {
      readonly events: EventLog;
      /** Everything a listener needs who knows nothing. */
      readonly snapshot: () => unknown;
      readonly maxClients: number;
    },
  ) {}

  get isFull(): boolean {
    return this.outputs.size >= this.ports.maxClients;
  }

  /** Serves one listener until its connection ends. */
  add(output: StreamOutput, lastEventId: string | undefined): void {
    const { events } = this.ports;
    const unsubscribe = events.subscribe((event) => this.send(output, encodeEvent(event)));
    this.outputs.add(output);
    output.on('close', () => {
      unsubscribe();
      this.outputs.delete(output);
    });
    const missed = lastEventId === undefined ? undefined : events.after(lastEventId);
    const first = missed?.outcome === 'known' ? missed.events : [this.snapshot()];
    output.write(KEEP_ALIVE + first.map(encodeEvent).join(''));
  }

  /** Keeps idle connections open, through proxies that close silent ones. */
  keepAlive(): void {
    for (const output of this.outputs) this.send(output, KEEP_ALIVE);
  }

  /** Ends every connection: the process stops. */
  close(): void {
    for (const output of this.outputs) output.end();
  }

  private snapshot(): StreamEvent {
    return { id: this.ports.events.lastId, type: 'snapshot', data: this.ports.snapshot() };
  }

  private send(output: StreamOutput, text: string): void {
    if (output.writableLength > MAX_UNSENT_BYTES) output.destroy();
    else output.write(text);
  }
}
