import type { BatchTransport } from '../publish/publisher';
import type { Schedule } from '../time/schedule';
import type { BatchHandler } from './batch-handler';
import type { ConsumerSignal } from './consumer-signal';
import type { DeadLetterDisposition } from './disposition';
import type { MessageQueue } from './message-queue';
import type { ReceivedMessage } from './received-message';

/** What a consumer needs from outside. */
export interface ConsumerPorts {
  readonly queue: MessageQueue;
  readonly handle: BatchHandler;
  /** Where poison goes. Without one a `deadLetter` disposition gives back, and the queue's own redrive policy decides. */
  readonly deadLetterQueue?: BatchTransport;
  /**
   * Runs for each message that reached the dead-letter queue, before it is deleted: the place to send a receipt.
   * When it throws, the message is given back and dead-lettered again later.
   */
  readonly afterDeadLetter?: (message: ReceivedMessage, disposition: DeadLetterDisposition) => Promise<void>;
  readonly observe?: (signal: ConsumerSignal) => void;
  /**
   * Breaks off receives that are out, and nothing else, when a drain begins. A message that was on its way then is hidden
   * for its visibility, as after a crash. Without it a drain waits for each poll to end.
   */
  readonly abortPolls?: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  readonly schedule: Schedule;
}
