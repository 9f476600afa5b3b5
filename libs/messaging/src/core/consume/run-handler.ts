import type { Cancel, Schedule } from '../time/schedule';
import type { BatchHandler } from './batch-handler';
import type { Disposition } from './disposition';
import type { ReceivedMessage } from './received-message';

/** How a handler ended. */
export type HandlerOutcome =
  | { readonly outcome: 'handled'; readonly dispositions: readonly Disposition[] }
  | { readonly outcome: 'handler_failed'; readonly error: unknown }
  | { readonly outcome: 'handler_timeout' };

/** Runs a handler to its end or to its time limit, whichever is first; never throws. */
export async function runHandler(
  handle: BatchHandler,
  batch: readonly ReceivedMessage[],
  limit: { readonly timeoutMs: number; readonly schedule: Schedule },
): Promise<HandlerOutcome> {
  const abort = new AbortController();
  let cancel: Cancel = () => {};
  const timeout = new Promise<HandlerOutcome>((resolve) => {
    cancel = limit.schedule(limit.timeoutMs, () => {
      abort.abort();
      resolve({ outcome: 'handler_timeout' });
    });
  });
  try {
    return await Promise.race([answerOf(handle, batch, abort.signal), timeout]);
  } finally {
    cancel();
  }
}

async function answerOf(
  handle: BatchHandler,
  batch: readonly ReceivedMessage[],
  signal: AbortSignal,
): Promise<HandlerOutcome> {
  try {
    const dispositions = await handle(batch, signal);
    if (dispositions.length === batch.length) return { outcome: 'handled', dispositions };
    const error = new Error(`the handler answered ${dispositions.length} times for ${batch.length} messages`);
    return { outcome: 'handler_failed', error };
  } catch (error) {
    return { outcome: 'handler_failed', error };
  }
}
