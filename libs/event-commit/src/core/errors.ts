/** Somebody took this poller's slot in the log. Nothing was applied: stop, and go on with another log. */
export class LogFencedError extends Error {
  override readonly name = 'LogFencedError';
  readonly code = 'log_fenced';

  constructor() {
    super(
      'the log slot of this poller belongs to somebody else now; give the batch back and open another log',
    );
  }
}

/** An earlier event of the subject failed and nothing may overtake it: give this one back too. */
export class GroupStoppedError extends Error {
  override readonly name = 'GroupStoppedError';
  readonly code = 'group_stopped';

  constructor(
    readonly subject: string,
    options: ErrorOptions,
  ) {
    super(`an earlier event of ${subject} was given back, so this one is too: its order is fifo`, options);
  }
}

/** An event lost its slot to others again and again. Its claim stands, so a later delivery goes on where it was. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
  readonly code = 'contended';
  readonly transient = true;

  constructor(
    readonly eventId: string,
    readonly steps: number,
  ) {
    super(
      `event ${eventId} was not settled after ${steps} steps; give it back, and let fewer replicas share a subject`,
    );
  }
}

/**
 * The data of an event is invalid by this process's contract, but another process has accepted it and
 * not applied it yet. Only that one knows the operation: give the event back.
 */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly code = 'unreadable_here';
  readonly transient = true;

  constructor(
    readonly eventId: string,
    readonly invalid: string,
  ) {
    super(
      `event ${eventId} is invalid here (${invalid}), but a process with another contract accepted it; ` +
        'give it back, and finish the roll-out',
    );
  }
}
