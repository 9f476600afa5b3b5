import type { Timers } from './ports';

export type Settled = { readonly outcome: 'done' } | { readonly outcome: 'failed'; readonly error: unknown };

/** Waits for work, but never longer than `timeoutMs`, and never throws. */
export async function settleWithin(
  timeoutMs: number,
  timers: Timers,
  work: () => Promise<void>,
): Promise<Settled> {
  let timer: { cancel(): void } | undefined;
  const tooSlow = new Promise<Settled>((resolve) => {
    timer = timers.after(timeoutMs, () => {
      resolve({ outcome: 'failed', error: new Error(`no answer within ${timeoutMs} ms`) });
    });
  });
  try {
    return await Promise.race([settle(work), tooSlow]);
  } finally {
    timer?.cancel();
  }
}

async function settle(work: () => Promise<void>): Promise<Settled> {
  try {
    await work();
    return { outcome: 'done' };
  } catch (error) {
    return { outcome: 'failed', error };
  }
}
