import { InMemorySnapshotStore } from './in-memory-snapshot-store';
import { describeSnapshotStoreContract } from './testing/snapshot-store-contract';

let names = 0;
describeSnapshotStoreContract(
  'in memory',
  () => new InMemorySnapshotStore(),
  () => `name-${(names += 1)}`,
);
