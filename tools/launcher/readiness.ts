import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
const ONE_LOOK_MS = 2_000;

/**
 * Waits until a service answers 200 on /health/ready.
 *
 * @param options.giveUp - when it aborts, the waiting ends with `false`.
 * @param options.remindAfterMs - when it takes longer, `onSlow` is told once what the last look found.
 */
export async function waitUntilReady(
  url: string,
  options: {
    readonly giveUp: AbortSignal;
    readonly remindAfterMs: number;
    readonly onSlow: (lastLook: string) => void;
  },
): Promise<boolean> {
  const startedAt = performance.now();
  let reminded = false;
  while (!options.giveUp.aborted) {
    const look = await lookAt(url);
    if (look === 'ready') return true;
    if (!reminded && performance.now() - startedAt > options.remindAfterMs) {
      reminded = true;
      options.onSlow(look);
    }
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

async function lookAt(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ONE_LOOK_MS) });
    const body = await response.text();
    return response.status === 200 ? 'ready' : `${response.status} ${body}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error ? cause.message : String(error);
  }
}
