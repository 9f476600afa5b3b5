import type { Fact, ServiceSummary } from '@latido/failure-detector';
import { serviceSubject } from '@latido/topology';
import type { JsonValue, Version, VersionStore } from '@latido/versioned-value';
import { serviceVerdict } from '../liveness/service-verdict';
import type { Draft, VersionWriter } from '../versions/version-writer';
import { ServiceRecord } from './record';
import { changeAsJson, changeOf, changesIn, type StateChange } from './state-change';

export interface StateJournalPorts {
  readonly writer: Pick<VersionWriter, 'write'>;
  readonly store: Pick<VersionStore, 'read'>;
  readonly summaryOf: (service: string) => ServiceSummary | undefined;
  /** Ordinal of this replica, for people who read a version. */
  readonly replica: number;
  /** Resolves after so many milliseconds. */
  readonly pause: (delayMs: number) => Promise<void>;
  readonly random: () => number;
  readonly now: () => number;
  /** A write failed; it is repeated until it succeeds. Called for the first failure in a row. */
  readonly onTrouble: (error: unknown) => void;
}

/** Changes in one version: 50 of 250 bytes are 13 write units, and a fleet of 1,000 that dies is 20 versions. */
const MAX_CHANGES = 50;
/** Changes of one service that wait for the store; beyond it the oldest go: the newest state of each matters most. */
const MAX_WAITING = 50_000;
/** Versions of other replicas read before a write; more than one is rare. */
const MAX_CAUGHT_UP = 100;
const RETRY = { baseMs: 200, maxMs: 10_000 };

interface ServiceJournal {
  readonly service: string;
  readonly record: ServiceRecord;
  waiting: StateChange[];
  /** The write under way, its retries included up to the first failure. */
  writing: Promise<void> | undefined;
  failures: number;
  failingSinceMs: number | undefined;
}

/**
 * Writes each change of state through as a version of its service's history.
 *
 *     facts --> changes waiting, by service --one write in flight a service--> versions
 *
 * Every replica finds out the same changes and writes them here; what another one has put on record
 * is read first and left out. Changes that cannot be written wait and are tried again for ever.
 */
export class StateJournal {
  private readonly journals = new Map<string, ServiceJournal>();
  private dropped = 0;

  constructor(private readonly ports: StateJournalPorts) {}

  /** Takes facts in; those that change a state are written as soon as the store takes them. */
  found(facts: readonly Fact[]): void {
    for (const fact of facts) {
      const found = changeOf(fact);
      if (found) this.enqueue(found.service, found.change);
    }
  }

  /**
   * Whether everything found out about a service so far is on record; waits for it where it is under
   * way, but not while writes fail.
   */
  async written(service: string): Promise<boolean> {
    const journal = this.journals.get(service);
    if (journal === undefined || journal.waiting.length === 0) return true;
    while (journal.waiting.length > 0 && journal.failures === 0) await this.step(journal);
    return journal.waiting.length === 0;
  }

  /** Waits until nothing is waiting, or writes fail. */
  async flush(): Promise<boolean> {
    const written = await Promise.all([...this.journals.keys()].map((service) => this.written(service)));
    return written.every(Boolean);
  }

  /** Starts from what was read at start: the history up to `number` needs no look any more. */
  resume(
    service: string,
    history: { readonly number: number; readonly changes: readonly StateChange[] },
  ): void {
    const { record } = this.journalOf(service);
    record.knownNumber = history.number;
    record.note(history.changes);
  }

  /** Changes that wait for the store. */
  get waiting(): number {
    return [...this.journals.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /** Since when nothing can be written, milliseconds since 1970. */
  get failingSince(): number | undefined {
    const since = [...this.journals.values()].map(({ failingSinceMs }) => failingSinceMs ?? Infinity);
    const earliest = Math.min(Infinity, ...since);
    return Number.isFinite(earliest) ? earliest : undefined;
  }

  /** Changes given up because too many were waiting. */
  get droppedTotal(): number {
    return this.dropped;
  }

  private enqueue(service: string, change: StateChange): void {
    const journal = this.journalOf(service);
    journal.waiting.push(change);
    if (journal.waiting.length > MAX_WAITING) {
      journal.waiting.shift();
      this.dropped += 1;
    }
    void this.step(journal);
  }

  private journalOf(service: string): ServiceJournal {
    const known = this.journals.get(service);
    if (known) return known;
    const journal: ServiceJournal = {
      service,
      record: new ServiceRecord(),
      waiting: [],
      writing: undefined,
      failures: 0,
      failingSinceMs: undefined,
    };
    this.journals.set(service, journal);
    return journal;
  }

  /** Resolves when the write under way has succeeded or failed once; starts one where none is. */
  private step(journal: ServiceJournal): Promise<void> {
    journal.writing ??= this.writeSome(journal);
    return journal.writing;
  }

  private async writeSome(journal: ServiceJournal): Promise<void> {
    // Facts of one moment become one version.
    await Promise.resolve();
    const taken = journal.waiting.slice(0, MAX_CHANGES);
    try {
      await this.write(journal, taken);
      const done = new Set(taken);
      journal.waiting = journal.waiting.filter((change) => !done.has(change));
      journal.failures = 0;
      journal.failingSinceMs = undefined;
      journal.writing = undefined;
      if (journal.waiting.length > 0) void this.step(journal);
    } catch (error) {
      this.failed(journal, error);
      void this.stepLater(journal);
    }
  }

  private async stepLater(journal: ServiceJournal): Promise<void> {
    const ceilingMs = Math.min(RETRY.maxMs, RETRY.baseMs * 2 ** Math.min(journal.failures - 1, 10));
    await this.ports.pause((ceilingMs / 2) * (1 + this.ports.random()));
    journal.writing = undefined;
    await this.step(journal);
  }

  private async write(journal: ServiceJournal, changes: readonly StateChange[]): Promise<void> {
    const { service, record } = journal;
    const version = await this.ports.writer.write(serviceSubject(service), async (head) => {
      await this.catchUp(journal, head);
      return this.draft(service, (head?.number ?? 0) + 1, record.news(changes));
    });
    if (version === undefined) return;
    record.note(changesIn(version));
    record.knownNumber = version.number;
  }

  /** Reads what other replicas have written since. */
  private async catchUp({ record }: ServiceJournal, head: Version | undefined): Promise<void> {
    if (head === undefined) return;
    const first = Math.max(record.knownNumber + 1, head.number - MAX_CAUGHT_UP);
    for (let number = first; number <= head.number; number += 1) {
      const version = number === head.number ? head : await this.ports.store.read(head.subject, number);
      if (version) record.note(changesIn(version));
    }
    record.knownNumber = Math.max(record.knownNumber, head.number);
  }

  private draft(service: string, number: number, news: readonly StateChange[]): Draft {
    const [first] = news;
    if (first === undefined) return undefined;
    const value = {
      service,
      ...this.aggregate(service),
      changes: news.map(changeAsJson),
      replica: this.ports.replica,
    };
    // Replicas that write the same change at the same place make the same RequestID.
    return { value, requestId: `state#${first.instanceId}#${first.incarnation}#${first.to}@${number}` };
  }

  private aggregate(service: string): Readonly<Record<string, JsonValue>> {
    const summary = this.ports.summaryOf(service);
    if (summary === undefined) return { verdict: 'unknown' };
    const instances = Object.fromEntries(Object.entries(summary.instances).filter(([, count]) => count > 0));
    const { alive, expected } = summary;
    return { verdict: serviceVerdict(summary), alive, expected, instances };
  }

  private failed(journal: ServiceJournal, error: unknown): void {
    if (journal.failures === 0) this.ports.onTrouble(error);
    journal.failures += 1;
    journal.failingSinceMs ??= this.ports.now();
  }
}
