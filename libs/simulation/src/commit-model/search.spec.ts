import { explore } from '../core/explore';
import { walk } from '../core/walk';
import { buildCommitWorld } from './build-commit-world';
import { isCommitWrite } from './is-commit-write';
import { randomScenario } from './random-scenario';
import { COMMIT_SCENARIOS } from './scenarios';
import { settle } from './settle';

/** A search takes a second or two; a machine that is busy with everything else may take far longer. */
const BOUND_MS = 120_000;

describe('the commit protocol keeps its promises in every order, with a fault at every place', () => {
  it.each(COMMIT_SCENARIOS.flatMap(({ short, ...rest }) => (short ? [{ ...rest, short }] : [])))(
    '$name, up to $short.maxFaults faults',
    async ({ scenario, short }) => {
      const options = { ...short, isWrite: isCommitWrite, settle };
      expect(await explore(buildCommitWorld(scenario), options)).toMatchObject({ isComplete: true });
    },
    BOUND_MS,
  );

  it(
    'a larger system, on random ways, up to 5 faults',
    async () => {
      const options = { seed: 1, walks: 150, faultChance: 0.1, maxFaults: 5, isWrite: isCommitWrite, settle };
      const walked = await walk((random) => buildCommitWorld(randomScenario(random)), options);
      expect(walked.walks).toBe(150);
    },
    BOUND_MS,
  );
});
