import { explore, ViolationError, walk } from '@latido/simulation';
import {
  buildCommitWorld,
  COMMIT_SCENARIOS,
  isCommitWrite,
  type NamedScenario,
  randomScenario,
  settle,
} from '@latido/simulation/commit-model';
import type { SimulationRequest, Subcommand } from './subcommand';

/** Schedules of one case; the largest cases are cut off here, and say so. */
const MAX_SCHEDULES = 400_000;
const WALKS = 50_000;

/** Attacks the commit protocol: first everything that can happen in small cases, then random ways in a large one. */
export const commitSimulation: Subcommand = {
  name: 'commit',
  summary: 'the commit protocol against crashes, lost replies, late writes, take-overs, retention',
  run: async (request) => {
    const cases = COMMIT_SCENARIOS.filter(({ name }) => name.includes(request.only));
    let holds = true;
    for (const each of cases) holds = (await holdsIn(each, request)) && holds;
    return (await holdsOnRandomWays(request)) && holds;
  },
};

async function holdsIn(
  { name, scenario, long }: NamedScenario,
  request: SimulationRequest,
): Promise<boolean> {
  return reported(request, `${name}, up to ${long.maxFaults} faults`, async () => {
    const { schedules, states, endings, isComplete } = await explore(buildCommitWorld(scenario), {
      ...long,
      maxSchedules: Math.ceil(MAX_SCHEDULES * request.scale),
      isWrite: isCommitWrite,
      settle,
      onProgress: (soFar) =>
        request.progress(`${name}: ${soFar.schedules} schedules, ${soFar.states} states`),
    });
    return `${schedules} schedules, ${states} states, ${endings} endings${isComplete ? ', all' : ', cut off'}`;
  });
}

async function holdsOnRandomWays(request: SimulationRequest): Promise<boolean> {
  return reported(
    request,
    `a larger system on random ways from seed ${request.seed}, up to 8 faults`,
    async () => {
      const { walks, steps } = await walk((random) => buildCommitWorld(randomScenario(random)), {
        seed: request.seed,
        walks: Math.ceil(WALKS * request.scale),
        faultChance: 0.1,
        maxFaults: 8,
        isWrite: isCommitWrite,
        settle,
        onProgress: (soFar) => request.progress(`random ways: ${soFar.walks} walks, ${soFar.steps} steps`),
      });
      return `${walks} walks, ${steps} steps`;
    },
  );
}

async function reported(
  { print }: SimulationRequest,
  name: string,
  search: () => Promise<string>,
): Promise<boolean> {
  try {
    print(`ok      ${name}: ${await search()}`);
    return true;
  } catch (error) {
    if (!(error instanceof ViolationError)) throw error;
    print(`BROKEN  ${name}: ${error.message}`);
    return false;
  }
}
