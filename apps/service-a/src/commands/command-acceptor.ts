import { fingerprintOf, type IdempotentReceiver } from '@latido/idempotent-receiver';
import type { LamportClock } from '@latido/lamport-clock';
import { STATE_CHANGED_V1 } from '@latido/messaging';
import type { Outbox, OutboxEntry } from '@latido/write-ahead-log';
import { buildEvent, EVENTS_TOPIC, eventTypeOf, isTooLarge } from './build-event';
import type { Decision } from './decision';
import type { EventCommand } from './event-command';
import type { EventNumbers } from './event-numbers';

/** What accepting needs from outside. */
export interface AcceptPorts {
  readonly receiver: Pick<IdempotentReceiver<Decision>, 'receive'>;
  readonly outbox: Pick<Outbox, 'accept'>;
  readonly clock: Pick<LamportClock, 'tick' | 'merge' | 'epoch'>;
  readonly numbers: EventNumbers;
  /** Begins to publish an entry and returns at once. Never throws: what it does not manage, the relay does. */
  readonly publishSoon: (entry: OutboxEntry) => void;
  /** A UUIDv7. */
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sha256Hex: (text: string) => string;
  /** W3C trace context of what is being done; absent without tracing. */
  readonly traceparent: () => string | undefined;
}

/** What became of a command. `accepted`: its event will reach its consumer, whatever process dies now. */
export type AcceptOutcome =
  | { readonly outcome: 'accepted'; readonly id: string; readonly subject: string; readonly lamport: number }
  /** The key was used for another command, whose result stands. */
  | { readonly outcome: 'key_reused' }
  | { readonly outcome: 'too_large' };

export interface AcceptRequest {
  readonly command: EventCommand;
  /** Idempotency-Key: the same key with the same command is one event, however often it is sent. */
  readonly key?: string | undefined;
}

/**
 * Takes commands in, durably. The order of these steps is the design:
 *
 *     merge afterLamport -> tick, number -> claim the key -> put the outbox entry -> publish in the background
 *                                              |                  ^                -> answer 202
 *                                              '-- known already -'
 *
 * The claim decides which event a command is; the entry makes it certain. A process that dies between the two has
 * answered nobody, and the next request with the key finds the claim and puts the entry.
 */
export class CommandAcceptor {
  constructor(private readonly ports: AcceptPorts) {}

  /** @throws the store's error. The command may be accepted all the same: send it again with the same key. */
  async accept({ command, key }: AcceptRequest): Promise<AcceptOutcome> {
    if (command.afterLamport !== undefined) await this.ports.clock.merge(command.afterLamport);
    const own = await this.decide();
    try {
      const outcome = await this.carryOut({ command, key, own });
      if (outcome.outcome !== 'accepted' || outcome.id !== own.id) this.giveUp(own);
      return outcome;
    } catch (error) {
      this.giveUp(own);
      throw error;
    }
  }

  private async carryOut({
    command,
    key,
    own,
  }: AcceptRequest & { readonly own: Decision }): Promise<AcceptOutcome> {
    if (isTooLarge(this.build(command, own))) return { outcome: 'too_large' };
    const decision = key === undefined ? own : await this.claim(key, command, own);
    if (decision === undefined) return { outcome: 'key_reused' };
    // For a copy too: the process that put the claim may have died before it put the entry.
    const { outcome, entry } = await this.ports.outbox.accept(this.build(command, decision));
    const isOwn = decision.id === own.id;
    if (isOwn || outcome === 'accepted') {
      this.book(decision);
      this.ports.publishSoon(entry);
    }
    return { outcome: 'accepted', id: decision.id, subject: command.subject, lamport: decision.lamport };
  }

  /** The decision for this event as far as this process is concerned; the claim may know another. */
  private async decide(): Promise<Decision> {
    const { clock, newId, now, numbers } = this.ports;
    const lamport = await clock.tick();
    return {
      id: newId(),
      lamport,
      epoch: clock.epoch,
      sequence: numbers.assign(EVENTS_TOPIC),
      time: new Date(now()).toISOString(),
      contractVersion: STATE_CHANGED_V1.version,
    };
  }

  /** The decision in force for a key; `undefined` where the key belongs to another command. */
  private async claim(key: string, command: EventCommand, own: Decision): Promise<Decision | undefined> {
    const { outcome, claim } = await this.ports.receiver.receive({
      requestId: `http#${key}`,
      fingerprint: fingerprintOf(command, this.ports.sha256Hex),
      decide: () => own,
    });
    return outcome === 'conflict' ? undefined : claim.decision;
  }

  private build(command: EventCommand, decision: Decision) {
    const { sha256Hex, traceparent } = this.ports;
    return buildEvent(command, decision, { sha256Hex, traceparent: traceparent() });
  }

  /** An outbox entry carries the number of the decision. */
  private book(decision: Decision): void {
    const { epoch, sequence } = decision;
    this.ports.numbers.published({ topic: EVENTS_TOPIC, epoch, sequence, contract: eventTypeOf(decision) });
  }

  /** No outbox entry carries the own number, as far as is known. */
  private giveUp({ sequence }: Decision): void {
    this.ports.numbers.voided({ topic: EVENTS_TOPIC, sequence });
  }
}
