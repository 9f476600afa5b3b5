import { isWornOut, type ReceivedMessage } from '@latido/messaging';
import type { Processed } from './process-batch';
import type { Understood } from './understand';
import { verdictOfWornOut } from './verdict';

export interface WornOutPorts {
  /** Of the queue: how often it hands out a message before it moves it away by itself. */
  readonly maxReceiveCount: number;
  readonly understand: (message: ReceivedMessage) => Understood;
  readonly process: (batch: readonly ReceivedMessage[]) => Promise<readonly Processed[]>;
}

/** Processes a batch without the messages that were received too often: those are dead letters, and are not tried again. */
export async function exceptWornOut(
  batch: readonly ReceivedMessage[],
  { maxReceiveCount, understand, process }: WornOutPorts,
): Promise<readonly Processed[]> {
  const tried = batch.filter((message) => !isWornOut(message, { maxReceiveCount }));
  const processed = tried.length > 0 ? await process(tried) : [];
  const byMessage = new Map(processed.map((one) => [one.message, one]));
  return batch.map((message) => byMessage.get(message) ?? buried(message, understand(message)));
}

function buried(message: ReceivedMessage, understood: Understood): Processed {
  const { disposition, receipt } = verdictOfWornOut(understood, message);
  return { message, understood, disposition, ...(receipt && { receiptAfterBurial: receipt }) };
}
