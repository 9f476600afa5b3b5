import type { HeldSlot } from './held-slot';
import type { LogPorts } from './log-ports';
import { recordToken, type Segment } from './segment';
import { isExpired, segmentExpiry } from './segment-expiry';

/**
 * Port: hands a logged operation to the protocol again (validate, claim, apply, receipt; never acknowledge).
 * `token` is the one it was logged under. It must be safe to repeat: most operations were applied before.
 */
export type Redeliver<R> = (record: R, token: string) => Promise<void>;

/** What a walk through a slot met. */
export interface Recovery {
  /** `fenced`: another owner took the slot meanwhile; leave it alone. */
  readonly outcome: 'recovered' | 'fenced';
  readonly slot: number;
  /** The first number that may be appended. */
  readonly nextNumber: number;
  readonly redelivered: number;
  /** Operations whose redelivery threw. Their messages were not acknowledged, so the queue brings them again. */
  readonly failed: number;
  /** Segments too old to be applied; see `segmentExpiry`. */
  readonly expiredSegments: number;
}

export interface RecoveryRequest<R> {
  readonly held: HeldSlot;
  readonly redeliver: Redeliver<R>;
  /** How long a claim is kept; segments live half of it. */
  readonly claimLifeMs: number;
}

/**
 * Finishes what earlier owners of a slot left behind.
 *
 *     mark                    first absent number
 *      |  7: 10 records   8: seal   9: 3 records   10: sealed now   next: 11
 *
 * A write of an earlier owner that is still under way can land only at the first absent number. The seal takes
 * that number; where the write was faster, the seal is refused, what is there is redelivered, and the walk goes on.
 */
export async function recoverSlot<R>(request: RecoveryRequest<R>, ports: LogPorts<R>): Promise<Recovery> {
  const walk = new Walk(request, ports);
  return walk.run();
}

/** A walk tells watchers that it lives, at this pace. */
const TELL_EVERY_MS = 10_000;

class Walk<R> {
  private number: number;
  private toldMs: number;
  private redelivered = 0;
  private failed = 0;
  private expiredSegments = 0;
  private fenced = false;

  constructor(
    private readonly request: RecoveryRequest<R>,
    private readonly ports: LogPorts<R>,
  ) {
    this.number = request.held.writer.lowWater;
    this.toldMs = ports.now();
  }

  async run(): Promise<Recovery> {
    let ended = false;
    while (!ended && !this.fenced) {
      const found = (await this.read()) ?? (await this.seal());
      if (found) await this.redeliver(found);
      else ended = true;
      this.number += 1;
    }
    const { redelivered, failed, expiredSegments } = this;
    return {
      outcome: this.fenced ? 'fenced' : 'recovered',
      slot: this.request.held.writer.slot,
      nextNumber: this.number,
      redelivered,
      failed,
      expiredSegments,
    };
  }

  private read(): Promise<Segment<R> | undefined> {
    const { service, slot } = this.request.held.writer;
    return this.ports.retry(() => this.ports.segments.read({ service, slot, number: this.number }));
  }

  /** Closes the number, unless a late write took it: then that segment is answered. */
  private async seal(): Promise<Segment<R> | undefined> {
    const { service, slot, epoch } = this.request.held.writer;
    const writtenAtMs = this.ports.now();
    const seal: Segment<R> = {
      service,
      slot,
      number: this.number,
      kind: 'seal',
      epoch,
      token: this.ports.newToken(),
      records: [],
      writtenAtMs,
      expiresAtEpochSeconds: segmentExpiry({ writtenAtMs, claimLifeMs: this.request.claimLifeMs }),
    };
    const write = await this.ports.retry(() => this.ports.segments.appendIfAbsent(seal));
    if (write.outcome === 'stored' || write.stored?.token === seal.token) return undefined;
    return write.stored ?? (await this.read()) ?? this.seal();
  }

  private async redeliver(segment: Segment<R>): Promise<void> {
    if (segment.epoch > this.request.held.writer.epoch) this.fenced = true;
    if (isExpired(segment, this.ports.now())) this.expiredSegments += 1;
    else for (const index of segment.records.keys()) await this.redeliverOne(segment, index);
  }

  private async redeliverOne(segment: Segment<R>, index: number): Promise<void> {
    if (!this.fenced) await this.tell();
    const record = segment.records[index];
    if (this.fenced || record === undefined) return;
    try {
      await this.request.redeliver(record, recordToken(segment, index));
      this.redelivered += 1;
    } catch {
      this.failed += 1;
    }
  }

  private async tell(): Promise<void> {
    if (this.ports.now() - this.toldMs < TELL_EVERY_MS) return;
    this.toldMs = this.ports.now();
    this.fenced = (await this.request.held.moveMark(this.number)) === 'fenced';
  }
}
