/**
 * Runs a task at once and then every `everyMs`; a run that is still under way skips its turn.
 *
 * Its timer keeps no process alive. `task` must not reject.
 *
 * @returns what stops it; a run under way goes on to its end.
 */
export function repeating(everyMs: number, task: () => Promise<void>): () => void {
  let underWay: Promise<void> | undefined;
  const run = (): void => {
    underWay ??= task().finally(() => (underWay = undefined));
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
