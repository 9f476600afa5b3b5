import {
  type BatchingOptions,
  type BatchingPorts,
  BatchingPublisher,
} from '../core/publish/batching-publisher';
import type { BatchTransport } from '../core/publish/publisher';
import { systemPorts } from './system-ports';

/**
 * Makes a publisher to a topic or queue with the time and chance of this process; ordered where the name ends
 * with `.fifo`. `close()` it before the process ends.
 *
 * @example
 * const publisher = createPublisher(new SnsTopic(createSnsClient(), topicArn));
 * const [result] = await publisher.publish([eventMessage(envelope, { fifo: false, sha256Hex })]);
 */
export function createPublisher(
  transport: BatchTransport & { readonly name: string },
  ports: Pick<BatchingPorts, 'observe'> = {},
  options: Partial<BatchingOptions> = {},
): BatchingPublisher {
  const ordered = transport.name.endsWith('.fifo');
  return new BatchingPublisher({ transport, ...systemPorts, ...ports }, { ordered, ...options });
}
