/** When something happened: a list has dates, a watch has text. */
type Time = Date | string;

/** How one container runs, or why it does not. */
interface ContainerState {
  readonly terminated?: { readonly finishedAt?: Time };
  readonly waiting?: object;
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

/** What is read of a pod; everything else in it is left alone. */
export interface Pod {
  readonly metadata?: {
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: Time;
  };
  readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** Names the container that is meant by the pod, where it is not the first one. */
const MAIN_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** What a pod says of the process in it; see PodObservation. */
export type PodCondition =
  | { readonly pod: 'ready' | 'not_ready' | 'leaving' }
  | { readonly pod: 'exited'; readonly exitedAtMs?: number };

/**
 * Judges a pod by its main container: side-cars come and go without an instance ending.
 *
 *     finished, or container not running   exited
 *     told to end                          leaving
 *     condition Ready                      ready, else not_ready
 */
export function conditionOf(pod: Pod): PodCondition {
  const { phase, conditions = [] } = pod.status ?? {};
  const exit = exitOf(mainContainer(pod));
  if (exit !== undefined || isFinished(phase)) {
    const atMs = exit?.finishedAt === undefined ? Number.NaN : new Date(exit.finishedAt).getTime();
    return { pod: 'exited', ...(Number.isFinite(atMs) && { exitedAtMs: atMs }) };
  }
  if (pod.metadata?.deletionTimestamp !== undefined) return { pod: 'leaving' };
  return { pod: conditions.some(isTrueReady) ? 'ready' : 'not_ready' };
}

/** Counts for what its service should have: not finished, and not told to end. */
export function isKept({ metadata, status }: Pod): boolean {
  return metadata?.deletionTimestamp === undefined && !isFinished(status?.phase);
}

const isFinished = (phase?: string) => phase === 'Succeeded' || phase === 'Failed';

const isTrueReady = ({ type, status }: { readonly type: string; readonly status: string }) =>
  type === 'Ready' && status === 'True';

function mainContainer({ metadata, spec, status }: Pod): ContainerStatus | undefined {
  const name = metadata?.annotations?.[MAIN_CONTAINER] ?? spec?.containers?.[0]?.name;
  return status?.containerStatuses?.find((container) => container.name === name);
}

/** One that waits to be started again ended before; one that waits for its first start did not. */
function exitOf(container: ContainerStatus | undefined): ContainerState['terminated'] {
  const { state, lastState } = container ?? {};
  return state?.terminated ?? (state?.waiting === undefined ? undefined : lastState?.terminated);
}
