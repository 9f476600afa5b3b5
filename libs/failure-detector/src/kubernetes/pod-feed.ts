import type { Pod } from './pod';

/** Pods at one moment, and the version from which changes are followed. */
export interface PodList {
  readonly pods: readonly Pod[];
  readonly version: string;
}

/** One change; a bookmark changes nothing but the version to go on from. */
export interface PodEvent {
  readonly kind: 'seen' | 'deleted' | 'bookmark';
  readonly pod: Pod;
}

/** Port: the pods of one namespace, as an API server tells them. */
export interface PodFeed {
  /** @throws whatever keeps it from answering, within bounded time. */
  list(): Promise<PodList>;
  /**
   * Follows changes from a version on until the connection ends, is quiet for too long, or is aborted.
   * @returns `expired` when the server does not have that version any more.
   * @throws when it could not be opened, within bounded time.
   */
  follow(following: {
    readonly version: string;
    readonly onEvent: (event: PodEvent) => void;
    readonly signal: AbortSignal;
  }): Promise<'ended' | 'expired'>;
}
