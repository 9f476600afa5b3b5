import { Run, type RunOptions } from './run';
import { type Random, seededRandom } from './seeded-random';
import { ViolationError } from './violation';
import type { BuildWorld } from './world';

/** How long to walk. */
export interface WalkOptions extends RunOptions {
  readonly seed: number;
  readonly walks: number;
  /** Chance that the next thing to happen is a fault, while the bounds allow one. */
  readonly faultChance: number;
  /** Told after every 100 walks. */
  readonly onProgress?: (walked: Walked) => void;
}

/** What the walks have seen. */
export interface Walked {
  readonly walks: number;
  readonly steps: number;
}

/**
 * Follows random histories of a world that is too large to try everything. Equal seeds walk equal ways.
 *
 * @param build - gets the random source of each walk, so that worlds may differ too.
 * @throws {@link ViolationError} with the history that led to the first broken promise, and its seed.
 */
export async function walk(
  build: (random: Random) => BuildWorld,
  { seed, walks, onProgress, ...options }: WalkOptions,
): Promise<Walked> {
  let steps = 0;
  for (let done = 0; done < walks; done += 1) {
    const random = seededRandom(seed + done);
    try {
      steps += await walkOnce(build(random), options, random);
    } catch (cause) {
      const trace = cause instanceof ViolationError ? cause.trace : [];
      throw new ViolationError([`(seed ${seed + done})`, ...trace], { cause });
    }
    if ((done + 1) % 100 === 0) onProgress?.({ walks: done + 1, steps });
  }
  return { walks, steps };
}

async function walkOnce(
  build: BuildWorld,
  options: RunOptions & Pick<WalkOptions, 'faultChance'>,
  random: Random,
): Promise<number> {
  const run = await Run.start(build, options);
  let steps = 0;
  while (!run.isOver) {
    const wantsFault = random() < options.faultChance;
    const faults = run.actions.filter(({ isFault }) => isFault);
    const others = run.actions.filter(({ isFault }) => !isFault);
    const choices = wantsFault && faults.length > 0 ? faults : others;
    const action = choices[Math.floor(random() * choices.length)];
    if (action) await run.take(action);
    steps += 1;
  }
  await run.finish();
  return steps;
}
