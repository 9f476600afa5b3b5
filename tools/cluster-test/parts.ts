/** One part of the cluster test: a file of test/k8s. */
export interface Part {
  readonly name: string;
  readonly about: string;
  /** Stages come one after the other: the first is measured, the last takes nodes away, and both want to be alone. */
  readonly stage: number;
  /** Lanes of a stage run beside each other, each in namespaces of its own; the parts of a lane one after the other. */
  readonly lane: Lane;
}

type Lane = 1 | 2 | 3;

/** In the order they are listed; each finds the release of its lane as the one before left it. The lanes take about as long as each other. */
export const PARTS: readonly Part[] = [
  {
    name: 'install',
    about: 'installs under Pod Security restricted; helm test; strict validation by the server',
    stage: 1,
    lane: 1,
  },
  {
    name: 'ledger',
    about: 'an exact ledger: at rest, while scaling, killing, deleting, upgrading, rolling back',
    stage: 2,
    lane: 1,
  },
  {
    name: 'scaling',
    about: 'HorizontalPodAutoscaler and KEDA, out and back without loss',
    stage: 2,
    lane: 1,
  },
  {
    name: 'witness',
    about: 'what Kubernetes knows about the end of a pod, and that monitor replicas agree',
    stage: 2,
    lane: 1,
  },
  { name: 'alerts', about: 'scraping, rules, and pages for what is true', stage: 2, lane: 2 },
  { name: 'network', about: 'who may talk to whom, and that nobody else gets an answer', stage: 2, lane: 3 },
  {
    name: 'releases',
    about: 'the previous chart and back, two releases side by side, uninstall',
    stage: 2,
    lane: 3,
  },
  {
    name: 'nodes',
    about: 'OOM kill, drain, sudden loss of a node; needs --disrupt',
    stage: 3,
    lane: 1,
  },
];

/** Where the parts of a lane install: most in the first, and in the second what must not disturb it. */
export function namespacesOf(lane: Lane): readonly [string, string] {
  return [`latido-k8s-test-${lane}`, `latido-k8s-test-${lane}-other`];
}

/** All namespaces of some parts. */
export function namespacesOfAll(parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.map(({ lane }) => lane))].flatMap(namespacesOf);
}

/**
 * Runs parts: stages one after the other, the lanes of a stage beside each other, the parts of a lane one after the other.
 *
 * @param run - runs one part; what it throws ends the whole when its stage has ended.
 * @returns what it gave, in the order of the parts.
 */
export async function runInLanes<Result>(
  parts: readonly Part[],
  run: (part: Part) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<Part, Result>();
  for (const ofStage of groups(parts, ({ stage }) => stage)) {
    const lanes = groups(ofStage, ({ lane }) => lane).map(async (ofLane) => {
      for (const part of ofLane) results.set(part, await run(part));
    });
    for (const { reason } of (await Promise.allSettled(lanes)).filter(isRejected)) throw reason;
  }
  return parts.map((part) => results.get(part)!);
}

function groups(parts: readonly Part[], key: (part: Part) => number): readonly (readonly Part[])[] {
  const keys = [...new Set(parts.map(key))].toSorted((one, other) => one - other);
  return keys.map((own) => parts.filter((part) => key(part) === own));
}

function isRejected(result: PromiseSettledResult<void>): result is PromiseRejectedResult {
  return result.status === 'rejected';
}
