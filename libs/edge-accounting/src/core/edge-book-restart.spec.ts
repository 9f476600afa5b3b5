import * as fc from 'fast-check';
import { journeysOf, type Sent, travel } from '../testing/journeys';
import { EdgeBook, type EdgeBookOptions } from './edge-book';
import type { SavedPart } from './saved-part';

const LOST_AFTER_MS = 1_600;
const LATE_ENOUGH_MS = 2 * LOST_AFTER_MS;
/** In which the living repeat what a book lost with its process. */
const RECOVERY_MS = Math.ceil((2 / 3) * LOST_AFTER_MS);
const OPTIONS = {
  lostAfterMs: LOST_AFTER_MS,
  tailLostAfterMs: 4 * LOST_AFTER_MS,
  consumersOf: () => ['b'],
} as const satisfies EdgeBookOptions;

function newBook(options: EdgeBookOptions = {}): EdgeBook {
  return new EdgeBook({ ...OPTIONS, ...options });
}

/** The book that a next process has, by way of JSON. */
function restarted(
  book: EdgeBook,
  when: { readonly savedAtMs: number; readonly loadedAtMs: number },
  options: EdgeBookOptions = {},
): EdgeBook {
  const parts = [...book.save(when.savedAtMs)].map((part) => JSON.stringify(part));
  const next = newBook(options);
  next.load(
    parts.map((part) => JSON.parse(part) as SavedPart),
    when.loadedAtMs,
  );
  return next;
}

function hear(book: EdgeBook, { service, instance, report }: Sent): void {
  book.absorb({ service, instance }, report);
}

function wait(book: EdgeBook, from: number, durationMs: number): void {
  for (let nowMs = from; nowMs <= from + durationMs; nowMs += 100) book.advance(nowMs);
}

function figures(book: EdgeBook): unknown {
  return book.edges().map((edge) => ({ ...edge, latency: edge.latency.toWire() }));
}

/** Numbers 1 to 3 of which the second did not arrive, as reports. */
const GAP: readonly Sent[] = travel(
  (['delivered', 'lost', 'delivered'] as const).map((fate, i) => ({
    fate,
    copies: 1,
    delay: 0,
    taker: 0,
    beat: i === 2,
  })),
);
/** The same, all of which arrived. */
const WHOLE: readonly Sent[] = travel(
  [1, 2, 3].map(() => ({ fate: 'delivered' as const, copies: 1, delay: 0, taker: 0, beat: false })),
);

describe('a book after a restart', () => {
  it('tells the same as one that went on, whatever it hears before and after, at every moment', () => {
    const step = fc.record({
      skipped: fc.nat({ max: 30 }),
      afterMs: fc.nat({ max: 900 }),
      dies: fc.boolean(),
    });
    const steps = fc.array(step, { minLength: 5, maxLength: 40 });
    const options = fc.constantFrom<EdgeBookOptions>(
      {},
      { windowSize: 32 },
      { windowSize: 64, maxStreams: 1, maxReporters: 1 },
    );
    fc.assert(
      fc.property(journeysOf(90), steps, fc.nat(), options, (all, steps, cut, bounds) => {
        const sent = travel(all, 32);
        const book = newBook(bounds);
        let next: EdgeBook | undefined;
        let nowMs = 0;
        let at = 0;
        for (const [place, { skipped, afterMs, dies }] of steps.entries()) {
          if (place === cut % steps.length)
            next = restarted(book, { savedAtMs: nowMs, loadedAtMs: nowMs }, bounds);
          at = (at + skipped) % sent.length;
          const one = sent[at]!;
          nowMs += afterMs;
          for (const each of next ? [book, next] : [book]) {
            if (dies) each.died(one);
            else hear(each, one);
            each.advance(nowMs);
          }
          if (next) expect(figures(next)).toEqual(figures(book));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('invents no loss of what arrived while it was away, however long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * LOST_AFTER_MS }), (awayMs) => {
        const book = newBook();
        for (const each of GAP) hear(book, each);
        book.advance(0);
        const next = restarted(book, { savedAtMs: 0, loadedAtMs: awayMs });
        wait(next, awayMs, LOST_AFTER_MS - 200);
        for (const each of WHOLE) hear(next, each);
        wait(next, awayMs, LATE_ENOUGH_MS);
        expect(next.edges()).toMatchObject([{ delivered: 3, lost: 0, lostTotal: 0 }]);
      }),
    );
  });

  it('waits half as long again after a short absence, so that what was told meanwhile can be told again', () => {
    const book = newBook();
    for (const each of GAP) hear(book, each);
    wait(book, 0, 800);
    const next = restarted(book, { savedAtMs: 800, loadedAtMs: 1_600 });
    wait(next, 1_600, 1_500);
    expect(next.edges()).toMatchObject([{ lost: 0, inFlight: 1 }]);
    wait(next, 3_200, 300);
    expect(next.edges()).toMatchObject([{ lost: 1, lostTotal: 1 }]);
  });

  it('waits at least as long as the living need to tell all again, however little was left', () => {
    const book = newBook();
    for (const each of GAP) hear(book, each);
    wait(book, 0, LOST_AFTER_MS - 100);
    const next = restarted(book, { savedAtMs: LOST_AFTER_MS - 100, loadedAtMs: LOST_AFTER_MS });
    wait(next, LOST_AFTER_MS, RECOVERY_MS - 100);
    expect(next.edges()).toMatchObject([{ lost: 0, inFlight: 1 }]);
    wait(next, LOST_AFTER_MS + RECOVERY_MS, LOST_AFTER_MS / 8);
    expect(next.edges()).toMatchObject([{ lost: 1, lostTotal: 1 }]);
  });

  it('goes on to wait where the last one was blind, and no sooner', () => {
    const book = newBook();
    for (const each of GAP) hear(book, each);
    wait(book, 0, 800);
    for (let nowMs = 800; nowMs <= 9_000; nowMs += 100) book.advance(nowMs, { blind: true });
    const next = restarted(book, { savedAtMs: 9_000, loadedAtMs: 9_000 });
    wait(next, 9_000, 700);
    expect(next.edges()).toMatchObject([{ lost: 0, inFlight: 1 }]);
    wait(next, 9_700, 300);
    expect(next.edges()).toMatchObject([{ lost: 1, lostTotal: 1 }]);
  });

  describe('that lost reports with the process that held it', () => {
    const [fromProducer, fromConsumers] = [
      WHOLE.filter(({ report }) => report.role === 'producer'),
      WHOLE.filter(({ report }) => report.role === 'consumer'),
    ];
    const dead = { service: 'b', instance: fromConsumers[0]!.instance };

    it('calls nothing lost of a stream that it first hears of after the death of who consumed it', () => {
      const next = restarted(newBook(), { savedAtMs: 0, loadedAtMs: 500 });
      next.died(dead);
      for (const each of fromProducer) hear(next, each);
      wait(next, 500, 2 * OPTIONS.tailLostAfterMs);
      expect(next.edges()).toMatchObject([{ published: 3, lost: 0, lostTotal: 0, unobserved: 3 }]);
    });

    it('remembers the dead over another restart', () => {
      const next = restarted(newBook(), { savedAtMs: 0, loadedAtMs: 500 });
      next.died(dead);
      for (const each of fromProducer) hear(next, each);
      const third = restarted(next, { savedAtMs: 600, loadedAtMs: 600 });
      wait(third, 600, 2 * OPTIONS.tailLostAfterMs);
      expect(third.edges()).toMatchObject([{ published: 3, lost: 0, unobserved: 3 }]);
    });

    it('knows of a dead producer that nobody else says which numbers are void', () => {
      const next = restarted(newBook(), { savedAtMs: 0, loadedAtMs: 500 });
      next.died({ service: 'a', instance: '0' });
      for (const each of GAP.filter(({ service }) => service === 'b')) hear(next, each);
      wait(next, 500, 2 * OPTIONS.tailLostAfterMs);
      expect(next.edges()).toMatchObject([{ delivered: 2, lost: 0, unobserved: 1 }]);
    });

    it('finds what is lost where nobody died', () => {
      const next = restarted(newBook(), { savedAtMs: 0, loadedAtMs: 500 });
      next.died({ service: 'elsewhere', instance: 'x' });
      for (const each of GAP) hear(next, each);
      wait(next, 500, LATE_ENOUGH_MS);
      expect(next.edges()).toMatchObject([{ delivered: 2, lost: 1, lostTotal: 1 }]);
    });

    it('finds what is lost after it has recovered', () => {
      const next = restarted(newBook(), { savedAtMs: 0, loadedAtMs: 500 });
      next.died(dead);
      wait(next, 500, RECOVERY_MS + 100);
      for (const each of GAP) hear(next, each);
      wait(next, 500 + RECOVERY_MS, LATE_ENOUGH_MS);
      expect(next.edges()).toMatchObject([{ delivered: 2, lost: 1, lostTotal: 1 }]);
    });

    it('never says that more was lost than a book that heard everything', () => {
      const dying = fc.subarray(['1', '2', '3']);
      fc.assert(
        fc.property(journeysOf(), fc.nat(), fc.nat(), dying, (all, first, second, gone) => {
          const sent = travel(all, 32);
          const [savedAt, killedAt] = [first % sent.length, second % sent.length].toSorted((a, b) => a - b);
          const heard = sent.filter(({ instance }, at) => at < killedAt! || !gone.includes(instance));
          const [whole, saved] = [newBook(), newBook()];
          for (const each of heard) hear(whole, each);
          for (const each of sent.slice(0, savedAt)) hear(saved, each);
          const next = restarted(saved, { savedAtMs: 0, loadedAtMs: 500 });
          const again = heard.filter(({ instance }, at) => at >= killedAt! || !gone.includes(instance));
          for (const instance of gone)
            for (const book of [whole, next]) book.died({ service: 'b', instance });
          for (const each of again) hear(next, each);
          for (const book of [whole, next]) wait(book, 500, 2 * OPTIONS.tailLostAfterMs);
          const [truth] = whole.edges();
          const [told] = next.edges();
          expect(told?.lostTotal ?? 0).toBeLessThanOrEqual(truth?.lostTotal ?? 0);
        }),
      );
    });
  });

  it('goes on to wait for those above all that arrived where the last one stopped', () => {
    const book = newBook();
    for (const each of GAP.filter(({ report }) => report.role === 'producer')) hear(book, each);
    const halfMs = OPTIONS.tailLostAfterMs / 2;
    wait(book, 0, halfMs);
    const next = restarted(book, { savedAtMs: halfMs, loadedAtMs: halfMs });
    wait(next, halfMs, halfMs - 100);
    expect(next.edges()).toMatchObject([{ inFlight: 3, lost: 0 }]);
    wait(next, 2 * halfMs, 500);
    expect(next.edges()).toMatchObject([{ inFlight: 0, lost: 3 }]);
  });

  it('forgets no loss, and finds those that were under way', () => {
    const book = newBook();
    for (const each of GAP) hear(book, each);
    const early = restarted(book, { savedAtMs: 0, loadedAtMs: 500 });
    wait(early, 500, LATE_ENOUGH_MS);
    expect(early.edges()).toMatchObject([{ published: 3, delivered: 2, lost: 1, lostTotal: 1 }]);
    wait(book, 0, LATE_ENOUGH_MS);
    const late = restarted(book, { savedAtMs: LATE_ENOUGH_MS, loadedAtMs: LATE_ENOUGH_MS });
    expect(late.edges()).toMatchObject([{ lost: 1, lostTotal: 1 }]);
  });

  it('keeps the sums of streams that it forgot before', () => {
    const book = newBook({ maxStreams: 1 });
    for (const each of WHOLE) hear(book, each);
    for (const each of WHOLE) hear(book, { ...each, report: { ...each.report, epoch: 1_000 } });
    const next = restarted(book, { savedAtMs: 0, loadedAtMs: 0 }, { maxStreams: 1 });
    expect(next.edges()).toMatchObject([{ published: 6, delivered: 6, counts: { delivered: 6 } }]);
  });

  it('hands out every edge that it was given back as changed', () => {
    const book = newBook({ expected: [{ producer: '/x', topic: 'y', consumer: 'z' }] });
    for (const each of WHOLE) hear(book, each);
    const next = restarted(book, { savedAtMs: 0, loadedAtMs: 0 });
    expect(next.takeChanged().map(([{ producer }]) => producer)).toEqual(['/x', '/a']);
  });

  it.each([
    ['is cut off', (parts: SavedPart[]) => parts.slice(0, -1)],
    ['lacks a part', (parts: SavedPart[]) => parts.toSpliced(1, 1)],
    ['is of another build', ([, ...rest]: SavedPart[]) => rest],
    ['is empty', () => []],
  ])('refuses a snapshot that %s', (_what, change) => {
    const book = newBook();
    for (const each of WHOLE) hear(book, each);
    const parts = change([...book.save(0)]);
    expect(() => newBook().load(parts, 0)).toThrow(expect.objectContaining({ code: 'snapshot_unreadable' }));
  });

  it('refuses a snapshot whose windows have another size', () => {
    const parts = [...newBook({ windowSize: 64 }).save(0)];
    expect(() => newBook().load(parts, 0)).toThrow(/another size/);
  });
});
