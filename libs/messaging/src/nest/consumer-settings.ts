import type { SqsClients } from '../aws';
import type { ConsumerOptions } from '../core/consume/consumer-options';
import type { ConsumerPorts } from '../core/consume/consumer-ports';

/** What an application says about one queue it consumes. */
export interface ConsumerSettings
  extends Pick<ConsumerPorts, 'handle' | 'afterDeadLetter' | 'observe'>, Partial<ConsumerOptions> {
  readonly clients: SqsClients;
  readonly queueUrl: string;
  /** Without one, poison is given back until the queue's own redrive policy moves it. */
  readonly deadLetterQueueUrl?: string | undefined;
  /** Manual mode: nothing is received until `resume()` or `pollOnce()`. Default false. */
  readonly startPaused?: boolean;
  /** How long the end of the application waits for running handlers; default 25,000 ms. */
  readonly drainTimeoutMs?: number;
}
