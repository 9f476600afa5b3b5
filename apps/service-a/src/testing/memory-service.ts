import { type ClaimStore, IdempotentReceiver } from '@latido/idempotent-receiver';
import { InMemoryClaimStore } from '@latido/idempotent-receiver/in-memory';
import { type LimitStore, openLamportClock } from '@latido/lamport-clock';
import { InMemoryLimitStore } from '@latido/lamport-clock/in-memory';
import type { OutgoingMessage, Publisher } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { Outbox, OutboxRelay, type OutboxStore } from '@latido/write-ahead-log';
import { InMemoryOutboxStore } from '@latido/write-ahead-log/in-memory';
import { SERVICE } from '../commands/build-event';
import { CommandAcceptor } from '../commands/command-acceptor';
import type { Decision } from '../commands/decision';
import type { EventNumbers } from '../commands/event-numbers';
import { EventPublisher } from '../publishing/event-publisher';

export const START_MS = Date.parse('2026-11-20T12:00:00Z');

/** What outlives the processes of a test: the tables, the topic, and the time of the day. */
export class MemoryWorld {
  nowMs = START_MS;
  readonly claims = new InMemoryClaimStore<Decision>();
  readonly outbox = new InMemoryOutboxStore();
  readonly limits = new InMemoryLimitStore();
  /** What the topic took, in that order. */
  readonly published: OutgoingMessage[] = [];
  ids = 0;

  readonly topic: Publisher = {
    publish: async (messages) => {
      this.published.push(...messages);
      return messages.map(({ body }) => ({ outcome: 'published', messageId: sha256Hex(body) }));
    },
  };
}

/** What became of each number of a process: absent, as long as it is open. */
class NumberLog implements EventNumbers {
  private last = 0;
  readonly fates = new Map<number, 'open' | 'published' | 'void'>();
  /** Numbers of other processes that an entry of this one carries. */
  readonly foreign: { readonly epoch: number; readonly sequence: number }[] = [];

  constructor(private readonly epoch: number) {}

  assign(): number {
    this.last += 1;
    this.fates.set(this.last, 'open');
    return this.last;
  }

  published({ epoch = this.epoch, sequence }: Parameters<EventNumbers['published']>[0]): void {
    if (epoch === this.epoch) this.fates.set(sequence, 'published');
    else this.foreign.push({ epoch, sequence });
  }

  voided({ sequence }: Parameters<EventNumbers['voided']>[0]): void {
    this.fates.set(sequence, 'void');
  }
}

/** One process of service-a over a world, its ports perhaps disturbed. */
export interface MemoryProcess {
  readonly acceptor: CommandAcceptor;
  readonly outbox: Outbox;
  readonly relay: OutboxRelay;
  readonly numbers: NumberLog;
}

export interface Disturbance {
  readonly claims?: ClaimStore<Decision>;
  readonly outbox?: OutboxStore;
  readonly limits?: LimitStore;
  readonly topic?: Publisher;
}

/** Starts a process: as the real one, it claims an epoch first. */
export async function startProcess(world: MemoryWorld, over: Disturbance = {}): Promise<MemoryProcess> {
  const now = (): number => world.nowMs;
  const store = over.outbox ?? world.outbox;
  const clock = await openLamportClock({ service: SERVICE, store: over.limits ?? world.limits });
  const numbers = new NumberLog(clock.epoch);
  const outbox = new Outbox({ store, now }, { entryLifeMs: 10 ** 10, overdueAfterMs: 60_000 });
  const publisher = new EventPublisher({ publisher: over.topic ?? world.topic, fifo: false, sha256Hex });
  const newToken = (): string => `token-${(world.ids += 1)}`;
  const receiver = new IdempotentReceiver<Decision>({ store: over.claims ?? world.claims, now, newToken });
  return {
    numbers,
    outbox,
    relay: new OutboxRelay(
      { store, now, publish: async (entry) => publisher.publish(entry) },
      { service: SERVICE },
    ),
    acceptor: new CommandAcceptor({
      receiver,
      outbox,
      clock,
      numbers,
      publishSoon: (entry) => publisher.publishSoon(entry),
      newId: () => `event-${(world.ids += 1)}`,
      now,
      sha256Hex,
      traceparent: () => undefined,
    }),
  };
}

/** Lets everything that waits for nothing but a turn of the loop happen. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
