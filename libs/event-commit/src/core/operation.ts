import type { CommitEvent } from './commit-event';
import type { LoggedPlace } from './operation-log';

/** One logical write: an event with the token that marks everything written for it. */
export interface Operation {
  readonly event: CommitEvent;
  /**
   * The segment's token with the operation's index: fresh for each delivery that is logged, the same
   * in segment, claim and version, and the same again when recovery repeats it.
   */
  readonly token: string;
}

/** An operation that is in the log of this poller. */
export interface LoggedOperation extends Operation {
  readonly place: LoggedPlace;
}
