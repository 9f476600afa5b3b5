/** Takes back what was scheduled; harmless when it ran already. */
export type Cancel = () => void;

/** Port: runs something once, `delayMs` from now. */
export type Schedule = (delayMs: number, run: () => void) => Cancel;

/** Resolves `delayMs` from now. */
export async function pause(schedule: Schedule, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    schedule(delayMs, resolve);
  });
}
