/**
 * Runs a task at once and then every `everyMs`; a run that is still under way skips its turn.
 *
 * Its timer keeps no process alive. `task` must not reject.
 *
 * @returns what stops it and waits for the run under way.
 */
export function repeating(everyMs: number, task: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  const run = (): void => {
    underWay ??= task().finally(() => (underWay = undefined));
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
