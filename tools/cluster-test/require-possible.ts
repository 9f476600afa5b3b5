import type { ClusterCommands } from './cluster-commands';
import type { ClusterTestOptions } from './command-line';
import type { ClusterFacts } from './look-at-cluster';

/** Whoever loses a node needs another one for what ran there. */
const WORKERS_TO_DISRUPT = 2;

/**
 * Refuses what cannot end well, before anything is built or made.
 * @throws Error that says what to do.
 */
export function requirePossible(
  { build, disrupt }: Pick<ClusterTestOptions, 'build' | 'disrupt'>,
  { load }: ClusterCommands,
  { workers }: Pick<ClusterFacts, 'workers'>,
): void {
  if (disrupt && workers.length < WORKERS_TO_DISRUPT)
    throw new Error(
      `--disrupt drains and loses a node, and needs another one that takes pods meanwhile; this cluster has ` +
        `${workers.length}: add a node, or leave --disrupt out`,
    );
  if (build && load === undefined)
    throw new Error(
      'How images get into this cluster is not known: set K8S_LOAD to a command that takes an image as its last ' +
        'argument, or load them yourself and give --no-build',
    );
}
