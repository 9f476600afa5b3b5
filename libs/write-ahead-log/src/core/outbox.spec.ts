import { InMemoryOutboxStore } from '../in-memory';
import { Outbox, type OutboxDraft } from './outbox';
import type { OutboxStore } from './outbox-entry';
import type { Receipt } from './receipt';

const draft: OutboxDraft = {
  id: 'e-1',
  service: 'service-a',
  subject: 'cart-7',
  topic: 'state-events',
  message: '{"id":"e-1"}',
  fingerprint: 'f-1',
};
const applied: Receipt = { id: 'e-1', fingerprint: 'f-1', result: 'complete', version: 7 };
const failed: Receipt = { ...applied, result: 'failed', certain: false, reason: 'dead_lettered' };
const rejected: Receipt = { ...failed, certain: true, reason: 'data_invalid' };
const options = { entryLifeMs: 1_000_000_000, overdueAfterMs: 60_000 };

describe('Outbox', () => {
  let nowMs: number;
  let store: InMemoryOutboxStore;
  let outbox: Outbox;
  beforeEach(() => {
    nowMs = 1_700_000_000_000;
    store = new InMemoryOutboxStore();
    outbox = new Outbox({ store, now: () => nowMs }, options);
  });

  describe('accepting', () => {
    it('puts a pending entry that the relay looks at 5 s later', async () => {
      const { outcome, entry } = await outbox.accept(draft);
      expect(outcome).toBe('accepted');
      expect(entry).toMatchObject({ ...draft, status: 'pending', attempts: 1, nextAtMs: nowMs + 5_000 });
      expect(await store.read('e-1')).toEqual(entry);
    });

    it('keeps the entry for its life from its acceptance', async () => {
      const { entry } = await outbox.accept(draft);
      expect(entry.expiresAtEpochSeconds).toBe((nowMs + options.entryLifeMs) / 1000);
    });

    it('answers the entry that is there when the same command comes again, and does not open it again', async () => {
      await outbox.accept(draft);
      await outbox.settle(applied);
      nowMs += 1_000;
      expect(await outbox.accept(draft)).toMatchObject({ outcome: 'known', entry: { status: 'complete' } });
    });
  });

  describe('settling', () => {
    it('stores what a receipt says', async () => {
      await outbox.accept(draft);
      expect(await outbox.settle(applied)).toMatchObject({ outcome: 'settled', entry: { version: 7 } });
      expect(await store.read('e-1')).toMatchObject({ status: 'complete', version: 7, settledAtMs: nowMs });
    });

    it('makes no entry for a receipt of an unknown event', async () => {
      expect(await outbox.settle(applied)).toEqual({ outcome: 'unknown' });
      expect(store.all()).toEqual([]);
    });

    it('writes nothing for a receipt of an impostor', async () => {
      const { entry } = await outbox.accept(draft);
      expect(await outbox.settle({ ...rejected, fingerprint: 'f-2' })).toEqual({
        outcome: 'ignored',
        why: 'other_fingerprint',
      });
      expect(await store.read('e-1')).toEqual(entry);
    });

    it('ends as complete when an applied and a failed receipt race', async () => {
      await outbox.accept(draft);
      await Promise.all([outbox.settle(failed), outbox.settle(applied), outbox.settle(rejected)]);
      expect(await store.read('e-1')).toMatchObject({ status: 'complete', version: 7 });
    });

    it('judges again from what is there when the relay moved the entry in between', async () => {
      const { entry } = await outbox.accept(draft);
      const moved = { ...entry, attempts: 2, revision: 2 };
      const stale: OutboxStore = Object.assign(Object.create(store) as InMemoryOutboxStore, {
        read: () => Promise.resolve(entry),
      });
      await store.replace({ from: entry, to: moved });
      await new Outbox({ store: stale, now: () => nowMs }, options).settle(applied);
      expect(await store.read('e-1')).toMatchObject({ status: 'complete', attempts: 2, revision: 3 });
    });

    it('gives up after 10 lost swaps in a row, with an error that asks to try again', async () => {
      const { entry } = await outbox.accept(draft);
      const contended: OutboxStore = Object.assign(Object.create(store) as InMemoryOutboxStore, {
        replace: () => Promise.resolve({ outcome: 'refused', stored: entry }),
      });
      const settling = new Outbox({ store: contended, now: () => nowMs }, options).settle(applied);
      await expect(settling).rejects.toMatchObject({
        code: 'outbox_contention',
        transient: true,
        attempts: 10,
      });
    });
  });

  describe('redriving', () => {
    it('makes an uncertain failure pending and due at once, with the delays from the start', async () => {
      await outbox.accept(draft);
      await outbox.settle(failed);
      nowMs += 5_000_000;
      await outbox.redrive('e-1');
      const entry = await store.read('e-1');
      expect(entry).toMatchObject({ status: 'pending', attempts: 0, nextAtMs: nowMs, redrivenAtMs: nowMs });
      expect(entry).not.toHaveProperty('reason');
      expect(entry).not.toHaveProperty('certain');
      expect(entry).not.toHaveProperty('settledAtMs');
    });

    it('leaves a certain failure alone: its rejection is stored', async () => {
      await outbox.accept(draft);
      await outbox.settle(rejected);
      expect(await outbox.redrive('e-1')).toEqual({ outcome: 'certain' });
      expect(await store.read('e-1')).toMatchObject({ status: 'failed' });
    });

    it('leaves alone what has not failed', async () => {
      await outbox.accept(draft);
      expect(await outbox.redrive('e-1')).toEqual({ outcome: 'not_failed' });
      await outbox.settle(applied);
      expect(await outbox.redrive('e-1')).toEqual({ outcome: 'not_failed' });
    });

    it('says that an entry is unknown', async () => {
      expect(await outbox.redrive('e-9')).toEqual({ outcome: 'unknown' });
    });
  });

  describe('overdue', () => {
    it('begins at exactly the configured age of a pending entry', async () => {
      const { entry } = await outbox.accept(draft);
      nowMs += 59_999;
      expect(outbox.isOverdue(entry)).toBe(false);
      nowMs += 1;
      expect(outbox.isOverdue(entry)).toBe(true);
    });

    it('is never said of a settled entry', async () => {
      await outbox.accept(draft);
      await outbox.settle(failed);
      nowMs += 600_000;
      const entry = await store.read('e-1');
      expect(entry && outbox.isOverdue(entry)).toBe(false);
    });

    it('counts from the redrive where there was one', async () => {
      await outbox.accept(draft);
      await outbox.settle(failed);
      nowMs += 600_000;
      await outbox.redrive('e-1');
      const entry = await store.read('e-1');
      expect(entry && outbox.isOverdue(entry)).toBe(false);
    });
  });
});
