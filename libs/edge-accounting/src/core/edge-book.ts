import type { DeliveryLedger } from './delivery-ledger';
import { EdgeRecord } from './edge-record';
import type { EdgeReport, Reporter, Stream } from './edge-report';
import type { EdgeFigures, EdgeName, EdgeTotals } from './edge-totals';
import { EdgeAccountingError } from './errors';
import { Recovery } from './recovery';
import { type SavedEdge, type SavedHead, type SavedPart, SAVED_FORMAT } from './saved-part';
import { type Absence, type SavedStream, unreadable } from './saved-stream';
import { requireWindowSize } from './sequence-window';
import { SharedRoom } from './shared-room';
import { StreamBook } from './stream-book';

export interface EdgeBookOptions {
  /**
   * A missing number is lost this long after a higher one arrived. Longer than a relay's first
   * repetition, plus its index's lag, plus two heartbeats; and longer than it takes to notice that a
   * consumer died (see {@link EdgeBook.died}). Default 90 s; up to a sixteenth more.
   */
  readonly lostAfterMs?: number;
  /**
   * A number above all that arrived is lost this long after it was announced. Longer than a consumer
   * may be stopped. Default 1 h.
   */
  readonly tailLostAfterMs?: number;
  /** Numbers told apart per stream; a multiple of 32 up to 65,536, at least the consumers' window. Default 16,384. */
  readonly windowSize?: number;
  /**
   * (source, epoch, topic) kept at once; of one idle longest only sums remain, and it is one of its own for a service
   * whose reports have opened more than their share. Default 20,000.
   */
  readonly maxStreams?: number;
  /** Edges kept; reports of further ones are refused and counted. Default 6,000. */
  readonly maxEdges?: number;
  /** Edges that the reports of one service may add to those expected: it cannot take the room of others. Default 1,000. */
  readonly maxEdgesOfService?: number;
  /** Instances of one consumer told apart per stream. Default 64. */
  readonly maxReporters?: number;
  /** Who should receive a topic, by the topology: such an edge is watched before its consumer ever speaks. */
  readonly consumersOf?: (topic: string) => readonly string[];
  /** Edges that are in the books from the start, before anybody tells of them. */
  readonly expected?: readonly EdgeName[];
}

interface AdvanceOptions {
  readonly share?: number;
  readonly blind?: boolean;
}

/**
 * The books of all edges, joined from the reports of everybody's heartbeats.
 *
 *     reports --absorb--> windows per (source, epoch, topic) and consumer --> published = delivered
 *     time   --advance--> overdue numbers                                     + deadLettered + inFlight + lost
 *
 * Order and repetition of reports do not matter, up to one thing: when reports of a reporter whose
 * window overflowed come in the wrong order, numbers may count as unobserved that were seen. Never
 * does a number count as lost for that reason.
 *
 * @example
 * const book = new EdgeBook({ consumersOf: (topic) => topology.consumersOf(topic) });
 * for (const edge of heartbeat.edges) {
 *   const report = parseEdgeReport(edge);
 *   if (report) book.absorb({ service, instance }, report);
 * }
 * book.advance(Date.now());
 * book.edges();
 */
export class EdgeBook {
  private readonly options: Required<EdgeBookOptions>;
  private readonly streams = new Map<string, StreamBook>();
  /** Whose time is moved on next. */
  private turn = this.streams.values();
  private readonly room: SharedRoom;
  private readonly records = new Map<string, EdgeRecord>();
  private changed = new Set<EdgeRecord>();
  /** Edges that came into the book by the reports of a service; at most `maxEdges` services. */
  private readonly madeBy = new Map<string, number>();
  private refused = 0;
  private advancedAtMs: number | undefined;
  /** What the waiting of the streams is behind the clock. */
  private unwatchedMs = 0;
  private recovery: Recovery | undefined;

  constructor(options: EdgeBookOptions = {}) {
    this.options = {
      lostAfterMs: 90_000,
      tailLostAfterMs: 3_600_000,
      windowSize: 16_384,
      maxStreams: 20_000,
      maxEdges: 6_000,
      maxEdgesOfService: 1_000,
      maxReporters: 64,
      consumersOf: () => [],
      expected: [],
      ...options,
    };
    requireWindowSize(this.options.windowSize);
    const { consumersOf: _, expected, ...numbers } = this.options;
    const wrong = Object.entries(numbers).find(([, value]) => !(Number.isSafeInteger(value) && value > 0));
    if (wrong)
      throw new EdgeAccountingError(
        'options_invalid',
        `${wrong[0]} is ${wrong[1]}; take a whole number above 0`,
      );
    this.room = new SharedRoom(this.options.maxStreams);
    for (const edge of expected) this.changed.add(this.open(edge));
  }

  /** Reports that were refused. */
  get refusedTotal(): number {
    return this.refused;
  }

  /**
   * Takes a report over. `refused`, and counted: it could not be read, its edge would be one too many, or it speaks for
   * another producer than its sender.
   */
  absorb(reporter: Reporter, report: EdgeReport | undefined): 'absorbed' | 'refused' {
    if (report === undefined || !this.isOwn(reporter, report)) return this.refuse();
    const consumers =
      report.role === 'consumer' ? [reporter.service] : this.options.consumersOf(report.topic);
    if (!this.admit(reporter.service, report, consumers)) return this.refuse();
    const book = this.touch(report, reporter.service);
    for (const consumer of consumers) book.expect(consumer);
    if (report.role === 'producer') book.absorbProducer(reporter, report);
    else book.absorbConsumer(reporter, report);
    return 'absorbed';
  }

  /**
   * Moves time on; call it at least every `lostAfterMs / 16`. Any clock that does not step.
   *
   * @param options - `share` of the streams, in turn: with 0.25 each has its time with every fourth call, and a call takes a fourth.
   *   `blind`: reports cannot be heard now, so the time since the last call was not waited for anything.
   */
  advance(nowMs: number, { share = 1, blind = false }: AdvanceOptions = {}): void {
    if (blind) this.unwatchedMs += nowMs - (this.advancedAtMs ?? nowMs);
    this.advancedAtMs = nowMs;
    const watchedMs = nowMs - this.unwatchedMs;
    this.recover(watchedMs);
    const visits = Math.ceil(share * this.streams.size);
    for (let visit = 0; visit < visits; visit += 1) this.nextInTurn()?.advance(watchedMs);
  }

  /**
   * A process died without a goodbye. What it did after its last heartbeat is beyond knowing: what is
   * missing on its edges counts as unobserved instead of lost. Call it when the verdict is `down`, not
   * when it is `left`: a goodbye carries the last reports.
   */
  died(reporter: Reporter): void {
    this.recovery?.bereaved.add(reporter.service);
    for (const book of this.streams.values()) book.died(reporter);
  }

  /** Every edge, over all epochs of its producer. */
  edges(): readonly EdgeTotals[] {
    return Array.from(this.records.values(), (record) => record.totals());
  }

  /** The names of every edge, for who wants to see only some of them. */
  names(): readonly EdgeName[] {
    return Array.from(this.records.values(), ({ name }) => name);
  }

  /** One edge, over all epochs of its producer. */
  edge(name: EdgeName): EdgeTotals | undefined {
    return this.records.get(keyOf(name))?.totals();
  }

  /**
   * Edges that changed since they were last taken, for one reader who follows them all: what has not
   * changed costs nothing. Each comes with its name, every time the same object, which is a key.
   */
  takeChanged(): readonly (readonly [name: EdgeName, figures: EdgeFigures])[] {
    const { changed } = this;
    if (changed.size === 0) return [];
    this.changed = new Set();
    return Array.from(changed, (record) => [record.name, record.figures()] as const);
  }

  /**
   * The book in parts, plain JSON each, for {@link EdgeBook.load}. Take them a few at a time: a book of 6,000 edges has
   * megabytes. What is absorbed meanwhile is in the parts that were not taken yet, and what it lacks is reported again.
   */
  *save(nowMs: number): Generator<SavedPart> {
    // Both are taken down now, so that a stream that is retired meanwhile is neither in both nor in none.
    const edges = Array.from(this.records.values(), (record) => record.save());
    const streams = [...this.streams];
    const { windowSize } = this.options;
    const { unwatchedMs } = this;
    const bereaved = [...(this.recovery?.bereaved ?? [])];
    yield { kind: 'head', format: SAVED_FORMAT, windowSize, savedAtMs: nowMs, unwatchedMs, bereaved };
    yield* edges;
    for (const [key, stream] of streams) yield { ...stream.save(), openedBy: this.room.takerOf(key) ?? '' };
    yield { kind: 'end', parts: 1 + edges.length + streams.length };
  }

  /**
   * Goes on where another book was saved; call it on a new one only. The time since then is not held against anybody:
   * what was missing is waited for anew.
   *
   * Reports that were heard after it was saved are gone with the process that held it. The living repeat theirs within six
   * heartbeats; of the services of those that {@link EdgeBook.died} until then, what is missing at the end of that time is
   * unobserved.
   *
   * @throws EdgeAccountingError `snapshot_unreadable` for parts of another build, or that are not all there; start again
   *   with a new book then.
   */
  load(parts: Iterable<SavedPart>, nowMs: number): void {
    let recovery: Recovery | undefined;
    let count = 0;
    for (const part of parts) {
      if (part.kind === 'end') {
        if (part.parts !== count) unreadable(`${count} parts of ${part.parts} are there`);
        if (recovery?.isOver(nowMs - this.unwatchedMs) === false) this.recovery = recovery;
        return;
      }
      count += 1;
      recovery ??= this.begin(this.readHead(part), nowMs);
      if (part.kind === 'edge') this.loadEdge(part);
      if (part.kind === 'stream') this.loadStream(part, recovery.absence);
    }
    unreadable('its end is missing');
  }

  /** Messages by contract of each producer and topic, over all its epochs that are in the book. */
  produced(): readonly {
    readonly producer: string;
    readonly topic: string;
    readonly contract: string;
    readonly count: number;
  }[] {
    const rows = new Map<string, { producer: string; topic: string; contract: string; count: number }>();
    for (const { stream, produced } of this.streams.values()) {
      for (const [contract, count] of produced) {
        const key = JSON.stringify([stream.source, stream.topic, contract]);
        const row = rows.get(key) ?? { producer: stream.source, topic: stream.topic, contract, count: 0 };
        rows.set(key, { ...row, count: row.count + count });
      }
    }
    return [...rows.values()];
  }

  private nextInTurn(): StreamBook | undefined {
    const next = this.turn.next();
    if (next.done !== true) return next.value;
    this.turn = this.streams.values();
    return this.turn.next().value;
  }

  private isOwn({ service }: Reporter, { role, source }: EdgeReport): boolean {
    return role === 'consumer' || source === `/${service}`;
  }

  private refuse(): 'refused' {
    this.refused += 1;
    return 'refused';
  }

  private admit(service: string, { source, topic }: Stream, consumers: readonly string[]): boolean {
    const edges = consumers.map((consumer) => ({ producer: source, topic, consumer }));
    const unknown = edges.filter((edge) => !this.records.has(keyOf(edge)));
    if (unknown.length === 0) return true;
    const made = (this.madeBy.get(service) ?? 0) + unknown.length;
    if (made > this.options.maxEdgesOfService) return false;
    if (this.records.size + unknown.length > this.options.maxEdges) return false;
    this.madeBy.set(service, made);
    for (const edge of unknown) this.open(edge);
    return true;
  }

  private open(edge: EdgeName): EdgeRecord {
    const record = new EdgeRecord(edge);
    this.records.set(keyOf(edge), record);
    return record;
  }

  private begin(head: SavedHead, nowMs: number): Recovery {
    this.unwatchedMs = head.unwatchedMs;
    return Recovery.after(head, { nowMs, lostAfterMs: this.options.lostAfterMs });
  }

  private readHead(part: SavedPart): SavedHead {
    if (part.kind !== 'head' || part.format !== SAVED_FORMAT) return unreadable('another build wrote it');
    if (part.windowSize !== this.options.windowSize) return unreadable('its windows have another size');
    return part;
  }

  private loadEdge(edge: SavedEdge): void {
    const record = this.records.get(keyOf(edge.name)) ?? this.open(edge.name);
    record.load(edge);
    this.changed.add(record);
  }

  private loadStream(saved: SavedStream, absence: Absence): void {
    const { source, epoch, topic, openedBy } = saved;
    this.touch({ source, epoch, topic }, openedBy).load(saved, absence);
  }

  /** What the living would repeat was repeated: what is missing now was known to the dead alone, or is lost. */
  private recover(watchedMs: number): void {
    if (this.recovery?.isOver(watchedMs) !== true) return;
    for (const service of this.recovery.bereaved)
      for (const book of this.streams.values()) book.bereaved(service);
    this.recovery = undefined;
  }

  private touch({ source, epoch, topic }: Stream, service: string): StreamBook {
    const key = `${source}\n${epoch}\n${topic}`;
    const book = this.streams.get(key) ?? this.openStream({ source, epoch, topic });
    this.streams.set(key, book);
    this.retire(this.room.use(key, service));
    return book;
  }

  private openStream(stream: StreamBook['stream']): StreamBook {
    return new StreamBook(stream, this.options, (consumer, ledger) =>
      this.follow({ stream, consumer, ledger }),
    );
  }

  private follow({
    stream,
    consumer,
    ledger,
  }: {
    readonly stream: StreamBook['stream'];
    readonly consumer: string;
    readonly ledger: DeliveryLedger;
  }): void {
    const record = this.recordOf(stream, consumer);
    if (record === undefined) return;
    record.add(ledger);
    ledger.onChange = () => this.changed.add(record);
  }

  private retire(key: string | undefined): void {
    const book = key === undefined ? undefined : this.streams.get(key);
    if (key === undefined || book === undefined) return;
    const { stream, ledgers } = book;
    this.streams.delete(key);
    for (const [consumer, ledger] of ledgers) {
      const record = this.recordOf(stream, consumer);
      record?.retire(ledger);
      if (record) this.changed.add(record);
    }
  }

  private recordOf({ source, topic }: StreamBook['stream'], consumer: string): EdgeRecord | undefined {
    return this.records.get(keyOf({ producer: source, topic, consumer }));
  }
}

/** No name has a line feed: reports with control characters are refused. */
function keyOf({ producer, topic, consumer }: EdgeName): string {
  return `${producer}\n${topic}\n${consumer}`;
}
