import type { MessageQueue } from '../consume/message-queue';
import { readEvent } from '../consume/read-event';
import type { ReceivedMessage } from '../consume/received-message';
import type { OutgoingMessage } from '../publish/outgoing-message';
import { publishFailure } from '../publish/publish-failure';
import type { PublishResult } from '../publish/publisher';
import { DEAD_LETTER_ATTRIBUTES } from './dead-letter-message';
import { MAX_RECEIVES_REASON } from './worn-out';

/** A message in a dead-letter queue. */
export interface DeadLetter {
  /** The queue's id of it: what `redrive` takes. */
  readonly id: string;
  /** The event's id; of a body without one the hash that stands for it. Absent where the body cannot be read. */
  readonly requestId?: string;
  /** A stable code. `max_receives`: it was received too often; the queue moved it by itself where there is no `detail`. */
  readonly reason: string;
  readonly detail?: string;
  /** When it came here, milliseconds since 1970. */
  readonly deadLetteredAtMs: number;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What became of one redrive. After `failed` the dead letter is still there. */
export type RedriveResult =
  | { readonly outcome: 'redriven'; readonly letter: DeadLetter }
  | { readonly outcome: 'not_found' }
  | {
      readonly outcome: 'failed';
      readonly letter: DeadLetter;
      readonly code: string;
      readonly detail: string;
    };

/** Most messages one call looks through: a request must end, and they are hidden from others meanwhile. */
const MAX_SCANNED = 500;

/** How long looked-at messages stay hidden at most; they are given back much sooner. */
const PEEK_SECONDS = 30;
const BATCH_SIZE = 10;

/**
 * Looks into a dead-letter queue and sends messages back to where they came from.
 *
 * A queue has no way to look without taking, so a look takes messages and gives them back: two people who
 * look at once each see a part. Of a FIFO queue only the oldest messages of each group can be seen.
 */
export class DeadLetters {
  constructor(
    private readonly queues: { readonly deadLetterQueue: MessageQueue; readonly sourceQueue: MessageQueue },
    private readonly sha256Hex: (text: string) => string,
  ) {}

  /** Up to `limit` dead letters (at most 500), in no given order. */
  async list(request: { readonly limit: number }): Promise<readonly DeadLetter[]> {
    const limit = Math.min(request.limit, MAX_SCANNED);
    const taken: ReceivedMessage[] = [];
    try {
      while (taken.length < limit) {
        const messages = await this.take(Math.min(BATCH_SIZE, limit - taken.length));
        if (messages.length === 0) break;
        taken.push(...messages);
      }
    } finally {
      await this.giveBack(taken);
    }
    return taken.map((message) => this.letterOf(message));
  }

  /** Sends one dead letter back to its source queue, then deletes it. */
  async redrive(id: string): Promise<RedriveResult> {
    const passed: ReceivedMessage[] = [];
    try {
      while (passed.length < MAX_SCANNED) {
        const messages = await this.take(BATCH_SIZE);
        if (messages.length === 0) break;
        const wanted = messages.find(({ messageId }) => messageId === id);
        passed.push(...messages.filter((message) => message !== wanted));
        if (wanted) return (await this.sendBack([wanted]))[0] ?? { outcome: 'not_found' };
      }
    } finally {
      await this.giveBack(passed);
    }
    return { outcome: 'not_found' };
  }

  /**
   * Sends up to `limit` dead letters back (at most {@link MAX_SCANNED}). Stops at the first batch that failed.
   * Send, then delete: a crash between the two makes a duplicate, which idempotent receivers expect.
   *
   * Each goes back once a call: one that returns meanwhile, because nothing has changed for it, stays. Without that,
   * a call would chase its own letters for as long as its limit lasts.
   */
  async redriveAll(request: { readonly limit: number }): Promise<readonly RedriveResult[]> {
    const results: RedriveResult[] = [];
    const sent = new Set<string>();
    const returned: ReceivedMessage[] = [];
    const limit = Math.min(request.limit, MAX_SCANNED);
    try {
      while (results.length < limit && results.every(({ outcome }) => outcome === 'redriven')) {
        const messages = await this.take(Math.min(BATCH_SIZE, limit - results.length));
        if (messages.length === 0) break;
        const fresh = messages.filter((message) => !sent.has(this.identityOf(message)));
        returned.push(...messages.filter((message) => !fresh.includes(message)));
        results.push(...(await this.sendBack(fresh)));
        for (const message of fresh) sent.add(this.identityOf(message));
      }
    } finally {
      await this.giveBack(returned);
    }
    return results;
  }

  private async take(maxMessages: number): Promise<readonly ReceivedMessage[]> {
    return this.queues.deadLetterQueue.receive({
      maxMessages,
      visibilitySeconds: PEEK_SECONDS,
      waitSeconds: 1,
    });
  }

  private async giveBack(messages: readonly ReceivedMessage[]): Promise<void> {
    for (let i = 0; i < messages.length; i += BATCH_SIZE) {
      const batch = messages.slice(i, i + BATCH_SIZE);
      await this.queues.deadLetterQueue.changeVisibility(
        batch.map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 })),
      );
    }
  }

  private async sendBack(messages: readonly ReceivedMessage[]): Promise<readonly RedriveResult[]> {
    // One call each: a batch of large messages could exceed what a call takes, and redrives are rare.
    const results: PublishResult[] = [];
    for (const message of messages)
      results.push(await this.sendOne(redrivenMessage(message, this.letterOf(message))));
    const sent = messages.filter((_, i) => results[i]?.outcome === 'published');
    const kept = messages.filter((message) => !sent.includes(message));
    if (sent.length > 0)
      await this.queues.deadLetterQueue.delete(sent.map(({ receiptHandle }) => receiptHandle));
    await this.giveBack(kept);
    return messages.map((message, i) => {
      const result = results[i] ?? publishFailure('no answer');
      const letter = this.letterOf(message);
      return result.outcome === 'published'
        ? { outcome: 'redriven', letter }
        : { outcome: 'failed', letter, code: result.code, detail: result.detail };
    });
  }

  private async sendOne(message: OutgoingMessage): Promise<PublishResult> {
    try {
      return (await this.queues.sourceQueue.sendBatch([message]))[0] ?? publishFailure('no answer');
    } catch (error) {
      return publishFailure(error);
    }
  }

  private letterOf(message: ReceivedMessage): DeadLetter {
    const { reason, detail, requestId } = DEAD_LETTER_ATTRIBUTES;
    const id = message.attributes[requestId] ?? this.readRequestId(message);
    const said = message.attributes[detail];
    return {
      id: message.messageId,
      ...(id !== undefined && { requestId: id }),
      reason: message.attributes[reason] ?? MAX_RECEIVES_REASON,
      ...(said !== undefined && { detail: said }),
      deadLetteredAtMs: message.sentAtMs,
      body: message.body,
      attributes: message.attributes,
    };
  }

  /** The same for a letter and for the one it becomes when it is refused again. */
  private identityOf(message: ReceivedMessage): string {
    return this.sha256Hex(`${this.letterOf(message).requestId ?? ''}\n${message.body}`);
  }

  private readRequestId(message: ReceivedMessage): string | undefined {
    const parsed = readEvent(message, { sha256Hex: this.sha256Hex });
    return parsed.outcome === 'event' ? parsed.envelope.id : undefined;
  }
}

/**
 * The message as it was, without the reason. The RequestID stays: an event without an id of its own must keep the one
 * it was first known by, or it would be applied again under another.
 */
function redrivenMessage(message: ReceivedMessage, letter: DeadLetter): OutgoingMessage {
  const { reason, detail, requestId } = DEAD_LETTER_ATTRIBUTES;
  const kept = Object.entries(message.attributes).filter(([name]) => name !== reason && name !== detail);
  return {
    body: message.body,
    attributes: {
      ...Object.fromEntries(kept),
      ...(letter.requestId !== undefined && { [requestId]: letter.requestId }),
    },
    // The first id would be swallowed as a duplicate within 5 minutes, and the message lost with the delete.
    ...(message.groupId !== undefined && {
      groupId: message.groupId,
      deduplicationId: `redrive-${message.messageId}`,
    }),
  };
}
