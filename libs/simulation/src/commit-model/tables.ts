import type { CommitDecision, CommitEvent, CommitOutcome, LogRecord } from '@latido/event-commit';
import type { Claim, ClaimWrite } from '@latido/idempotent-receiver';
import { InMemoryClaimStore } from '@latido/idempotent-receiver/in-memory';
import type { Version, VersionWrite } from '@latido/versioned-value';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { InMemorySegmentStore, InMemoryWriterStore } from '@latido/write-ahead-log/in-memory';

/** Claims in memory, with the present ones in the open for the invariants. */
class WitnessedClaims extends InMemoryClaimStore<CommitDecision> {
  readonly current = new Map<string, Claim<CommitDecision>>();

  override async putIfAbsent(claim: Claim<CommitDecision>): Promise<ClaimWrite<CommitDecision>> {
    return this.witness(claim, await super.putIfAbsent(claim));
  }

  override async replace(swap: {
    readonly from: Claim<CommitDecision>;
    readonly to: Claim<CommitDecision>;
  }): Promise<ClaimWrite<CommitDecision>> {
    return this.witness(swap.to, await super.replace(swap));
  }

  /** Forgets what has expired, as the store does some time later. */
  forgetExpired(nowMs: number): void {
    this.sweep(nowMs / 1000);
    for (const [id, { expiresAtEpochSeconds }] of this.current)
      if (expiresAtEpochSeconds * 1000 <= nowMs) this.current.delete(id);
  }

  private witness(
    claim: Claim<CommitDecision>,
    write: ClaimWrite<CommitDecision>,
  ): ClaimWrite<CommitDecision> {
    if (write.outcome === 'stored') this.current.set(claim.requestId, claim);
    return write;
  }
}

/** Versions in memory, with every one as it was first written in the open for the invariants. */
class WitnessedVersions extends InMemoryVersionStore {
  readonly written = new Map<string, Version>();

  override async putIfAbsent(version: Version): Promise<VersionWrite> {
    const write = await super.putIfAbsent(version);
    if (write.outcome === 'stored') this.written.set(`${version.subject}#${version.number}`, version);
    return write;
  }
}

/** What the producer is told about an event. */
interface ModelReceipt {
  readonly event: CommitEvent;
  readonly outcome: CommitOutcome;
}

/** One message in the queue; each delivered copy of an event is one. */
export interface Message {
  readonly handle: string;
  readonly event: CommitEvent;
}

/** The consumer's queue: it delivers again what was not deleted. */
class ModelQueue {
  readonly deleted = new Set<string>();

  constructor(readonly messages: readonly Message[]) {}

  async receive(): Promise<readonly Message[]> {
    return this.messages.filter(({ handle }) => !this.deleted.has(handle));
  }

  async acknowledge(handles: readonly string[]): Promise<void> {
    for (const handle of handles) this.deleted.add(handle);
  }

  toJSON(): readonly string[] {
    return [...this.deleted].sort();
  }
}

/** The producer's side: every receipt that reached it. */
class ModelReceipts {
  readonly received = new Map<string, ModelReceipt>();

  async send(receipts: readonly ModelReceipt[]): Promise<void> {
    for (const receipt of receipts) {
      const { event, outcome } = receipt;
      this.received.set(JSON.stringify([event.id, event.fingerprint, outcome]), receipt);
    }
  }
}

/** The time of the model: it stands while processes run. */
class ModelTime {
  nowMs = Date.UTC(2026, 0, 1);

  constructor(
    private readonly stores: { readonly claims: WitnessedClaims; readonly versions: WitnessedVersions },
  ) {}

  /** Lets time pass; what has expired by then is deleted. */
  pass(durationMs: number): void {
    this.nowMs += durationMs;
    this.stores.claims.forgetExpired(this.nowMs);
    this.stores.versions.sweep(this.nowMs / 1000);
  }
}

/** Everything outside the processes of the model. */
export interface ModelTables {
  readonly claims: WitnessedClaims;
  readonly versions: WitnessedVersions;
  readonly segments: InMemorySegmentStore<LogRecord>;
  readonly writers: InMemoryWriterStore;
  readonly queue: ModelQueue;
  readonly receipts: ModelReceipts;
  readonly time: ModelTime;
}

/** Empty tables and a full queue. */
export function createTables(messages: readonly Message[]): ModelTables {
  const stores = { claims: new WitnessedClaims(), versions: new WitnessedVersions() };
  return {
    ...stores,
    time: new ModelTime(stores),
    segments: new InMemorySegmentStore(),
    writers: new InMemoryWriterStore(),
    queue: new ModelQueue(messages),
    receipts: new ModelReceipts(),
  };
}
