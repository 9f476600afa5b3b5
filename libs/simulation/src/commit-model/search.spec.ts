import { explore } from '../core/explore';
import { walk } from '../core/walk';
import { buildCommitWorld } from './build-commit-world';
import { isCommitWrite } from './is-commit-write';
import { randomScenario } from './random-scenario';
import { COMMIT_SCENARIOS } from './scenarios';
import { settle } from './settle';

/** The searches take seconds; a busy machine may take longer. */
const BOUND_MS = 60_000;

describe('the commit protocol keeps its promises in every order, with a fault at every place', () => {
  for (const { name, scenario, shortFaults } of COMMIT_SCENARIOS) {
    if (shortFaults === undefined) continue;
    it(
      `${name}, up to ${shortFaults} faults`,
      async () => {
        const options = { maxFaults: shortFaults, isWrite: isCommitWrite, settle };
        expect(await explore(buildCommitWorld(scenario), options)).toMatchObject({ isComplete: true });
      },
      BOUND_MS,
    );
  }

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
