import type { OutboxEntry, OutboxStore, OutboxSummary } from './outbox-entry';
import { relayDelayMs } from './relay-delay';

/** Port: publishes `entry.message` to `entry.topic`, byte for byte. Throws when it could not. */
export type PublishEntry = (entry: OutboxEntry) => Promise<void>;

export interface RelayOptions {
  readonly service: string;
  /** Entries looked at in one round. 100 in a round every second: 100 events a second are caught up by one replica. */
  readonly maxPerRound?: number;
  /** Entries under way at once. 10 fill one batch of the publisher. */
  readonly concurrency?: number;
}

/** What one round did. `found` is the sum of the others but `hasMore`. */
export interface RelayReport {
  readonly found: number;
  readonly republished: number;
  /** Settled, moved or gone since the index said it was due. */
  readonly notDue: number;
  /** Another replica, or a receipt, was faster with its write. */
  readonly lostRace: number;
  /** Tried again when its next time comes. */
  readonly failedPublish: number;
  /** More were due than one round takes: run the next one soon. */
  readonly hasMore: boolean;
}

type Relayed = 'republished' | 'notDue' | 'lostRace' | 'failedPublish';

/**
 * Publishes again what has no receipt yet: entries of processes that never return, lost messages, lost receipts.
 * Any number of replicas run it.
 *
 *     index: due? -> read strongly: still pending and due? -> move nextAt by compare-and-swap -> publish
 *
 * Moving comes before publishing, so each time of an entry is published by one replica, and a crash between
 * the two costs one delay and no storm. The index alone would not do: it is behind the entries.
 *
 * @example
 * const relay = new OutboxRelay({ store, publish, now: Date.now }, { service: 'service-a' });
 * const { republished } = await relay.runRound();   // every second
 */
export class OutboxRelay {
  constructor(
    private readonly ports: {
      readonly store: OutboxStore;
      readonly publish: PublishEntry;
      readonly now: () => number;
    },
    private readonly options: RelayOptions,
  ) {}

  /** @throws the store's error; what was not reached is due in the next round. */
  async runRound(): Promise<RelayReport> {
    const { service, maxPerRound = 100, concurrency = 10 } = this.options;
    const page = await this.ports.store.listByStatus({
      service,
      status: 'pending',
      dueBeforeMs: this.ports.now(),
      limit: maxPerRound,
    });
    const relayed: Relayed[] = [];
    for (let i = 0; i < page.entries.length; i += concurrency) {
      const wave = page.entries.slice(i, i + concurrency);
      relayed.push(...(await Promise.all(wave.map((summary) => this.relay(summary)))));
    }
    return reportOf(relayed, page.cursor !== undefined);
  }

  private async relay({ id }: OutboxSummary): Promise<Relayed> {
    const { store, now } = this.ports;
    const entry = await store.read(id);
    if (entry?.status !== 'pending' || entry.nextAtMs > now()) return 'notDue';
    const attempts = entry.attempts + 1;
    const moved: OutboxEntry = {
      ...entry,
      attempts,
      nextAtMs: now() + relayDelayMs(attempts),
      revision: entry.revision + 1,
    };
    const write = await store.replace({ from: entry, to: moved });
    return write.outcome === 'stored' ? this.publish(moved) : 'lostRace';
  }

  private async publish(entry: OutboxEntry): Promise<Relayed> {
    try {
      await this.ports.publish(entry);
      return 'republished';
    } catch {
      return 'failedPublish';
    }
  }
}

function reportOf(relayed: readonly Relayed[], hasMore: boolean): RelayReport {
  const count = (what: Relayed): number => relayed.filter((each) => each === what).length;
  return {
    found: relayed.length,
    republished: count('republished'),
    notDue: count('notDue'),
    lostRace: count('lostRace'),
    failedPublish: count('failedPublish'),
    hasMore,
  };
}
