import { acquireSlot } from '../core/acquire-slot';
import type { LogPorts } from '../core/log-ports';
import { LogWriter, type LogWriterOptions } from '../core/log-writer';
import type { Segment } from '../core/segment';
import { boundedRetry } from '../core/retry';
import { InMemorySegmentStore, InMemoryWriterStore } from '../in-memory';
import { Unreliable } from './unreliable';

export const SERVICE = 'service-b';
const DAY_MS = 86_400_000;
export const CLAIM_LIFE_MS = 46 * DAY_MS;

/** A log in memory with a clock that moves by hand, tokens that count, and stores that fail on demand. */
export class LogFixture {
  nowMs = 1_700_000_000_000;
  readonly segmentFaults = new Unreliable();
  readonly writerFaults = new Unreliable();
  readonly segments = new InMemorySegmentStore<string>();
  readonly writers = new InMemoryWriterStore();
  /** Runs before each append reaches the store: for what another owner does at that moment. */
  beforeAppend: (segment: Segment<string>) => Promise<unknown> = () => Promise.resolve();
  private tokens = 0;

  readonly ports: LogPorts<string> = {
    segments: {
      appendIfAbsent: async (segment) => {
        await this.beforeAppend(segment);
        return this.segmentFaults.call(() => this.segments.appendIfAbsent(segment));
      },
      read: (address) => this.segments.read(address),
    },
    writers: {
      putIfAbsent: (writer) => this.writerFaults.call(() => this.writers.putIfAbsent(writer)),
      read: (service, slot) => this.writers.read(service, slot),
      readAll: (service) => this.writers.readAll(service),
      replace: (swap) => this.writerFaults.call(() => this.writers.replace(swap)),
    },
    now: () => this.nowMs,
    newToken: () => `token-${(this.tokens += 1)}`,
    retry: boundedRetry(
      { delay: () => Promise.resolve(), random: () => 0 },
      { attempts: 3, firstDelayMs: 1, maxDelayMs: 1 },
    ),
  };

  /** A writer of a slot that nobody used before. */
  async newWriter(options: Partial<LogWriterOptions> = {}): Promise<LogWriter<string>> {
    const held = await acquireSlot(SERVICE, this.ports);
    return new LogWriter(held, 1, this.ports, { claimLifeMs: CLAIM_LIFE_MS, ...options });
  }

  /** Records of one slot in the order of their numbers. */
  logged(slot = 0): readonly string[] {
    return this.segments
      .all()
      .filter((segment) => segment.slot === slot)
      .toSorted((a, b) => a.number - b.number)
      .flatMap(({ records }) => records);
  }
}
