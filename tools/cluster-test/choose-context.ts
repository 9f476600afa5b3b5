/** The contexts of a kubeconfig. */
export interface Contexts {
  readonly names: readonly string[];
  readonly current?: string;
}

/**
 * The context to use: one of kind's, or the one that was named. Any other may be somebody's production.
 * @throws Error that says how to go on.
 */
export function chooseContext({ names, current }: Contexts, asked: string | undefined): string {
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    throw new Error(`There is no context "${asked}" in the kubeconfig, only: ${names.join(', ') || 'none'}`);
  }
  if (current === undefined)
    throw new Error('The kubeconfig has no current context: start a cluster, e.g. by "npm run kind:up"');
  if (current.startsWith('kind-')) return current;
  throw new Error(
    `The current context is "${current}", which is not one of kind's. This test installs, kills and deletes: ` +
      `if that is meant, say so by --context ${current}`,
  );
}
