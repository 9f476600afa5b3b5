import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';

/** The first look again comes soon, later ones at most this far apart. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/**
 * Waits for something to become true: runs `check` until it no longer throws, and gives back its answer.
 *
 * It ends as soon as the check passes, so a generous bound costs nothing where all is well.
 *
 * @param check - throws (for example by `expect`) while it is too early. A false value is an answer like any other.
 * @param within - how long to keep trying.
 * @throws the last error of the check, with the time waited in its message.
 * @example
 * const entry = await eventually(async () => {
 *   const found = await store.read(id);
 *   expect(found?.status).toBe('complete');
 *   return found;
 * }, { withinMs: 10_000 });
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { withinMs }: { readonly withinMs: number },
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() + pauseMs > deadline) throw withWaitedTime(error, withinMs);
    }
    await delay(pauseMs);
  }
}

function withWaitedTime(error: unknown, withinMs: number): unknown {
  if (!types.isNativeError(error)) return error;
  const { message, stack = '' } = error;
  const waited = `not within ${withinMs} ms: ${message}`;
  // That of an aborted request, for one, cannot be changed.
  if (error instanceof DOMException) return new Error(waited, { cause: error });
  error.message = waited;
  // It repeats the message as it was when the error was made, and is what a test runner prints.
  error.stack = stack.replace(message, () => error.message);
  return error;
}
