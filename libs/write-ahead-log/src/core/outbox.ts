import { decideSettlement } from './decide-settlement';
import { OutboxContentionError } from './errors';
import type { OutboxEntry, OutboxStore, OutboxSummary } from './outbox-entry';
import type { Receipt } from './receipt';
import { relayDelayMs } from './relay-delay';

/** What a command brings; the rest of its entry is decided here. */
export type OutboxDraft = Pick<
  OutboxEntry,
  'id' | 'service' | 'subject' | 'topic' | 'message' | 'fingerprint'
>;

export interface OutboxOptions {
  /**
   * How long an entry is kept from its acceptance, in milliseconds. Longer than its idempotency key, which
   * would otherwise put the entry again and publish an event that was settled.
   */
  readonly entryLifeMs: number;
  /** A pending entry this old is shown as overdue. It proves nothing: the event may be applied. */
  readonly overdueAfterMs: number;
}

/** `known`: an earlier attempt of the same command put it. */
export interface Acceptance {
  readonly outcome: 'accepted' | 'known';
  readonly entry: OutboxEntry;
}

/** `unknown`: no such entry, and none is made. */
export type Settlement =
  | { readonly outcome: 'settled'; readonly entry: OutboxEntry }
  | { readonly outcome: 'ignored'; readonly why: 'other_fingerprint' | 'already_settled' }
  | { readonly outcome: 'unknown' };

/** `certain`: the consumer stored its rejection, and would say the same again. */
export type Redrive =
  | { readonly outcome: 'redriven'; readonly entry: OutboxEntry }
  | { readonly outcome: 'certain' | 'not_failed' | 'unknown' };

/** Swaps lost in a row before giving up: relay, receipts and an operator are the only other writers. */
const MAX_SWAPS = 10;

/**
 * Events on their way: put before they are published, settled by receipts, sent again until then.
 *
 * @example
 * const { entry } = await outbox.accept(draft);       // then publish entry.message, then answer 202
 * await outbox.settle({ id, fingerprint, result: 'complete', version: 7 });
 */
export class Outbox {
  constructor(
    private readonly ports: { readonly store: OutboxStore; readonly now: () => number },
    private readonly options: OutboxOptions,
  ) {}

  /**
   * Puts the entry if it is absent. One trip. Once this has answered, the event will be published even if
   * this process dies at once; so call it for every request with the same key, before the answer.
   */
  async accept(draft: OutboxDraft): Promise<Acceptance> {
    const entry = this.pendingEntry(draft);
    const write = await this.ports.store.putIfAbsent(entry);
    return write.outcome === 'refused' && write.stored
      ? { outcome: 'known', entry: write.stored }
      : { outcome: 'accepted', entry };
  }

  /** Applies a receipt. One strong read and one write; a receipt that changes nothing costs the read. */
  async settle(receipt: Receipt): Promise<Settlement> {
    return this.change<Settlement>(receipt.id, (entry) => {
      const decision = decideSettlement(entry, receipt, this.ports.now());
      return decision.decision === 'store'
        ? { to: decision.entry, answer: { outcome: 'settled', entry: decision.entry } }
        : { answer: { outcome: 'ignored', why: decision.why } };
    });
  }

  /** Makes a failed entry pending again, due at once. The relay publishes it. */
  async redrive(id: string): Promise<Redrive> {
    return this.change<Redrive>(id, (entry) => {
      if (entry.status !== 'failed') return { answer: { outcome: 'not_failed' } };
      if (entry.certain === true) return { answer: { outcome: 'certain' } };
      const to = redriven(entry, this.ports.now());
      return { to, answer: { outcome: 'redriven', entry: to } };
    });
  }

  /** Whether an entry waits for its receipt longer than it should; an age of exactly `overdueAfterMs` is overdue. */
  isOverdue(entry: OutboxSummary): boolean {
    const sinceMs = entry.redrivenAtMs ?? entry.createdAtMs;
    return entry.status === 'pending' && this.ports.now() - sinceMs >= this.options.overdueAfterMs;
  }

  private pendingEntry(draft: OutboxDraft): OutboxEntry {
    const createdAtMs = this.ports.now();
    return {
      ...draft,
      status: 'pending',
      createdAtMs,
      // The publication that follows at once is counted ahead: saying so afterwards would cost a write.
      attempts: 1,
      nextAtMs: createdAtMs + relayDelayMs(1),
      revision: 1,
      expiresAtEpochSeconds: Math.floor((createdAtMs + this.options.entryLifeMs) / 1000),
    };
  }

  private async change<A>(
    id: string,
    decide: (entry: OutboxEntry) => { readonly to?: OutboxEntry; readonly answer: A },
  ): Promise<A | { readonly outcome: 'unknown' }> {
    let entry = await this.ports.store.read(id);
    for (let swaps = 0; entry && swaps < MAX_SWAPS; swaps += 1) {
      const { to, answer } = decide(entry);
      if (!to) return answer;
      const write = await this.ports.store.replace({ from: entry, to });
      if (write.outcome === 'stored') return answer;
      entry = write.stored;
    }
    if (entry) throw new OutboxContentionError(id, MAX_SWAPS);
    return { outcome: 'unknown' };
  }
}

function redriven(entry: OutboxEntry, nowMs: number): OutboxEntry {
  const { certain: _certain, reason: _reason, settledAtMs: _settledAtMs, ...open } = entry;
  const revision = entry.revision + 1;
  return { ...open, status: 'pending', attempts: 0, nextAtMs: nowMs, redrivenAtMs: nowMs, revision };
}
