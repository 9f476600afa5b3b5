import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import type { PodEvent, PodFeed } from './pod-feed';

/** Which pods are followed. */
export interface PodSelection {
  /** By default that of the connection: in a cluster, the pod's own. */
  readonly namespace?: string | undefined;
  readonly labelSelector: string;
}

/** An API server that does not answer for so long is not there: shorter than any detection, longer than a failover. */
const ANSWER_WITHIN_MS = 10_000;
/** A connection that says nothing for so long may be dead without knowing; it is made anew, which costs one request. */
const QUIET_MS = 15_000;
const GONE = 410;

const KINDS: Readonly<Record<string, PodEvent['kind']>> = {
  ADDED: 'seen',
  MODIFIED: 'seen',
  DELETED: 'deleted',
  BOOKMARK: 'bookmark',
};

/**
 * The pods of a cluster, by KUBECONFIG where it is set and by the pod's own service account in a cluster. It asks for
 * nothing but `pods: get, list, watch` in one namespace.
 *
 * The client is loaded here and nowhere else: it takes 80 MB and most of a second.
 * @throws when there is no usable configuration.
 */
export async function openKubernetesPodFeed({ namespace, labelSelector }: PodSelection): Promise<PodFeed> {
  const { CoreV1Api, KubeConfig, Watch } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromDefault();
  const where = namespace ?? ownNamespace(config);
  const api = config.makeApiClient(CoreV1Api);
  const watch = new Watch(config);
  return {
    list: async () => {
      const asked = api.listNamespacedPod({ namespace: where, labelSelector });
      const { items, metadata } = await withinTime(asked, ANSWER_WITHIN_MS);
      return { pods: items, version: metadata?.resourceVersion ?? '' };
    },
    follow: ({ version, onEvent, signal }) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(where)}/pods`;
      const query = { labelSelector, resourceVersion: version, allowWatchBookmarks: true };
      return followed({ open: (tell, end) => watch.watch(path, query, tell, end), onEvent, signal });
    },
  };
}

function ownNamespace(config: KubeConfig): string {
  return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
}

interface Following {
  readonly open: (
    tell: (phase: string, object: V1Pod & { readonly code?: number }) => void,
    end: (error: unknown) => void,
  ) => Promise<AbortController>;
  readonly onEvent: (event: PodEvent) => void;
  readonly signal: AbortSignal;
}

/** Follows one connection of a watch to its end, whichever of the many there are comes first. */
function followed({ open, onEvent, signal }: Following): Promise<'ended' | 'expired'> {
  return new Promise((resolve, reject) => {
    let [isOpen, isOver, isExpired] = [false, false, false];
    let connection: AbortController | undefined;
    let timer: NodeJS.Timeout | undefined;
    const over = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      connection?.abort();
      settle();
    };
    const stop = (): void => over(() => resolve('ended'));
    const end = (error: unknown): void =>
      over(() => {
        if (isExpired || isGone(error)) resolve('expired');
        else if (isOpen || error === null || error === undefined) resolve('ended');
        else reject(error);
      });
    const wait = (limitMs: number, silence: () => void): void => {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(silence, limitMs).unref();
    };

    signal.addEventListener('abort', stop, { once: true });
    wait(ANSWER_WITHIN_MS, () => end(noAnswer()));
    const hear: Parameters<Following['open']>[0] = (phase, object) => {
      if (isOver) return;
      wait(QUIET_MS, stop);
      isExpired ||= phase === 'ERROR' && object.code === GONE;
      const kind = KINDS[phase];
      if (kind !== undefined) onEvent({ kind, pod: object });
    };
    const opened = (controller: AbortController): void => {
      connection = controller;
      isOpen = true;
      if (isOver) controller.abort();
      else wait(QUIET_MS, stop);
    };
    void open(hear, end).then(opened, end);
  });
}

function isGone(error: unknown): boolean {
  return (error as { readonly statusCode?: number } | undefined | null)?.statusCode === GONE;
}

async function withinTime<T>(answer: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer()), limitMs).unref();
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const noAnswer = () => new Error(`Kubernetes did not answer within ${ANSWER_WITHIN_MS / 1_000} s`);
