/** How and when a simulated instance really ended. */
export interface Truth {
  /** When it died, or undefined while it lives or when it left with a goodbye that can be heard. */
  diedMs?: number;
  leftMs?: number;
  /** Nothing of it ever arrived: nobody can know that it was there, let alone that it died. */
  unheard?: boolean;
  /** When the queue had emptied, for one that died while it stood still. */
  drainedMs?: number;
}

/** The facts about one detector's judgement of one fleet. */
export interface Score {
  readonly detector: string;
  readonly detectionMs: readonly number[];
  /** Of those who died in a stall: from the end of its drain. */
  readonly afterDrainMs: readonly number[];
  readonly leftMs: readonly number[];
  readonly wrong: number;
  readonly mistakeMs: readonly number[];
  readonly deaths: number;
  /** Real deaths that were never declared. */
  readonly missed: number;
}

/**
 * Compares one detector's verdicts with the truth.
 *
 * A verdict of down is wrong when its instance lives, or has said goodbye. A death counts as detected
 * when the verdict that lasts was given.
 */
export class Scorer<Member extends Truth> {
  private readonly downSince = new Map<Member, number>();
  private readonly left = new Map<Member, number>();
  private readonly mistakeMs: number[] = [];
  private wrong = 0;

  constructor(private readonly detector: string) {}

  down(member: Member, atMs: number): void {
    if (this.downSince.has(member)) return;
    this.downSince.set(member, atMs);
    if (!isDead(member, atMs)) this.wrong++;
  }

  /** No longer down: a heartbeat came, or a goodbye. */
  revived(member: Member, atMs: number): void {
    const since = this.downSince.get(member);
    if (since === undefined) return;
    this.downSince.delete(member);
    if (!isDead(member, since)) this.mistakeMs.push(atMs - since);
  }

  hasLeft(member: Member, atMs: number): void {
    this.revived(member, atMs);
    if (!this.left.has(member)) this.left.set(member, atMs);
  }

  /** Wrong verdicts until now. */
  get wrongSoFar(): number {
    return this.wrong;
  }

  /** The score over all that ended, but for the wrong verdicts given before `wrongBefore` of them were. */
  finish(members: Iterable<Member>, { wrongBefore = 0, fromMs = 0 } = {}): Score {
    const detectionMs: number[] = [];
    const afterDrainMs: number[] = [];
    const leftMs: number[] = [];
    let deaths = 0;
    for (const member of members) {
      const { diedMs, drainedMs } = member;
      if (member.unheard) continue;
      if (member.leftMs !== undefined && member.leftMs >= fromMs) {
        leftMs.push((this.left.get(member) ?? Infinity) - member.leftMs);
      }
      if (diedMs === undefined || diedMs < fromMs) continue;
      deaths++;
      const downMs = this.downSince.get(member);
      if (downMs === undefined) continue;
      if (drainedMs === undefined) detectionMs.push(Math.max(0, downMs - diedMs));
      else afterDrainMs.push(downMs - drainedMs);
    }
    return {
      detector: this.detector,
      detectionMs,
      afterDrainMs,
      leftMs,
      wrong: this.wrong - wrongBefore,
      mistakeMs: this.mistakeMs.slice(Math.min(wrongBefore, this.mistakeMs.length)),
      deaths,
      missed: deaths - detectionMs.length - afterDrainMs.length,
    };
  }
}

function isDead(member: Truth, atMs: number): boolean {
  return member.diedMs !== undefined && member.diedMs <= atMs;
}
