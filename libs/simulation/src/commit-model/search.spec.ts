import { explore } from '../core/explore';
import { walk } from '../core/walk';
import { buildCommitWorld } from './build-commit-world';
import { isCommitWrite } from './is-commit-write';
import { randomScenario } from './random-scenario';
import { COMMIT_SCENARIOS } from './scenarios';
import { settle } from './settle';

const BOUND_MS = 60_000;

describe('the commit protocol keeps its promises in every order, with a fault at every place', () => {
  it.each(COMMIT_SCENARIOS)(
    '$name, $shortFaults faults',
    async ({ scenario, shortFaults }) => {
      const options = { maxFaults: shortFaults, isWrite: isCommitWrite, settle };
      expect(await explore(buildCommitWorld(scenario), options)).toMatchObject({ isComplete: true });
    },
    BOUND_MS,
  );

  it(
    'a larger system, on random ways',
    async () => {
      const options = { seed: 1, walks: 40, faultChance: 0.1, maxFaults: 5, isWrite: isCommitWrite, settle };
      const walked = await walk((random) => buildCommitWorld(randomScenario(random)), options);
      expect(walked.walks).toBe(40);
    },
    BOUND_MS,
  );
});
