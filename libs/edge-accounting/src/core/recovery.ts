import type { SavedHead } from './saved-part';
import type { Absence } from './saved-stream';

/** Of the time after which a number is lost: six heartbeats of nine, in which the living repeat all they have. */
const RECOVERY = 2 / 3;

/**
 * The time after an absence. What a book heard after it was saved is gone with the process that held it. The living repeat it;
 * what the dead had told nobody will.
 */
export class Recovery {
  /** Services of which somebody died whose reports may be gone. */
  readonly bereaved: Set<string>;

  private constructor(
    readonly absence: Absence,
    bereaved: readonly string[],
  ) {
    this.bereaved = new Set(bereaved);
  }

  static after(
    { savedAtMs, unwatchedMs, bereaved }: SavedHead,
    { nowMs, lostAfterMs }: { readonly nowMs: number; readonly lostAfterMs: number },
  ): Recovery {
    const awayMs = nowMs - savedAtMs;
    const isNeeded = awayMs > 0 || bereaved.length > 0;
    const recoveredAtMs = nowMs - unwatchedMs + (isNeeded ? RECOVERY * lostAfterMs : 0);
    return new Recovery({ awayMs, recoveredAtMs }, bereaved);
  }

  /** By the time that was watched. */
  isOver(watchedMs: number): boolean {
    return watchedMs >= this.absence.recoveredAtMs;
  }
}
