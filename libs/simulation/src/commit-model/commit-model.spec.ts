import { explore } from '../core/explore';
import { buildCommitWorld } from './build-commit-world';
import { isCommitWrite } from './is-commit-write';
import { COMMIT_SCENARIOS } from './scenarios';

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the commit protocol keeps its promises in every order, with every fault at every place', () => {
  it.each(COMMIT_SCENARIOS)(
    '$name',
    async ({ name, scenario, shortFaults }) => {
      const started = performance.now();
      const exploration = await explore(buildCommitWorld(scenario), {
        maxFaults: shortFaults,
        isWrite: isCommitWrite,
        settle,
      });
      console.log(name, exploration, Math.round(performance.now() - started));
      expect(exploration.isComplete).toBe(true);
    },
    60_000,
  );
});
