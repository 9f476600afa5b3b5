import { InMemorySnapshotStore } from './in-memory-snapshot-store';
import { describeSnapshotStoreContract } from './testing/snapshot-store-contract';

let replica = 0;
describeSnapshotStoreContract(
  'in memory',
  () => new InMemorySnapshotStore(),
  () => (replica += 1),
);
