import type { Cancel, Schedule } from '../time/schedule';

/** A running extension. `stop` resolves when no call is on its way any more. */
export interface Extension {
  stop(): Promise<void>;
}

/**
 * Repeats `extend` every `everyMs` until it is stopped, one call at a time.
 *
 *     received           +everyMs            +everyMs         stop
 *        |------------------|-------------------|--------------|
 *     hidden for visibility   extend              extend        (no more)
 *
 * With `everyMs` a third of the visibility, two extensions in a row may fail before a message shows up again.
 *
 * @param job.extend - must not throw.
 */
export function keepHidden(job: {
  readonly everyMs: number;
  readonly schedule: Schedule;
  readonly extend: () => Promise<void>;
}): Extension {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let cancel: Cancel = plan();

  async function extendAndGoOn(): Promise<void> {
    await job.extend();
    if (!stopped) cancel = plan();
  }

  function plan(): Cancel {
    return job.schedule(job.everyMs, () => {
      running = extendAndGoOn();
    });
  }

  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
