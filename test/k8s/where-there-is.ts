import { facts, fromRunner } from './cluster';

/** What not every cluster has, or not every run may do, and what the table says where it is missing. */
const NEEDS = {
  metrics: { there: () => facts().metrics, missing: 'no metrics of CPU' },
  monitoring: { there: () => facts().monitoring, missing: 'no Prometheus operator' },
  keda: { there: () => facts().keda, missing: 'no KEDA' },
  disrupt: { there: () => isSaid('K8S_DISRUPT'), missing: '--disrupt was not given' },
  kill: { there: () => isSaid('K8S_KILL'), missing: 'K8S_KILL is not set' },
  fail: { there: () => isSaid('K8S_FAIL'), missing: 'K8S_FAIL is not set' },
  recover: { there: () => isSaid('K8S_RECOVER'), missing: 'K8S_RECOVER is not set' },
} as const;

/** How the title of a group begins whose checks are not run; the rest is the reason. */
const NOT_RUN = 'not run: ';

/**
 * Checks that need something: where it is missing they are reported as not run, with the reason.
 * @example
 * whereThereIs('keda').describe('KEDA', () => ...);
 * whereThereIs('kill').it('survives', async () => ...);
 */
export function whereThereIs(...needs: readonly (keyof typeof NEEDS)[]) {
  return unless(needs.map((need) => NEEDS[need]).find(({ there }) => !there())?.missing);
}

/** The same for what is found out otherwise. @param missing - why the checks cannot be run; `undefined` runs them. */
export function unless(missing: string | undefined) {
  if (missing === undefined) return { describe, it };
  const reason = `${NOT_RUN}${missing}`;
  return {
    describe: (title: string, checks: () => void) => describe(reason, () => describe.skip(title, checks)),
    it: (title: string, check: () => Promise<void>) => describe(reason, () => it.skip(title, check)),
  };
}

const isSaid = (variable: string): boolean => fromRunner(variable) !== '';
