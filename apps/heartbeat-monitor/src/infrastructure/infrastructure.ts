import type { LimitStore } from '@latido/lamport-clock';
import type { BatchTransport } from '@latido/messaging';
import type { Dependency } from '@latido/service-host/nest';
import type { VersionStore } from '@latido/versioned-value';
import type { SnapshotStore } from '../snapshot/snapshot-store';

/** Everything outside of the process: AWS when it runs, memory in tests. */
export interface Infrastructure {
  readonly versions: VersionStore;
  readonly limits: LimitStore;
  readonly snapshots: SnapshotStore;
  /** The topic of heartbeats and canaries. */
  readonly heartbeats: BatchTransport & { readonly name: string };
  readonly dependencies: readonly Dependency[];
  /** Our epoch time in milliseconds, which never steps. */
  readonly now: () => number;
}

/** Injects {@link Infrastructure}. */
export const INFRASTRUCTURE = Symbol('INFRASTRUCTURE');
