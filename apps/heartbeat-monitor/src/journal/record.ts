import type { StateChange } from './state-change';

/** Instances remembered for one service; the one changed longest ago is forgotten, and may then be recorded twice. */
const MAX_INSTANCES = 20_000;

/** What is on record of the instances of one service, as far as this replica has read it. */
export class ServiceRecord {
  /** Number of the last version that is known here; 0 before the first. */
  knownNumber = 0;
  private readonly last = new Map<string, StateChange>();

  constructor(private readonly maxInstances = MAX_INSTANCES) {}

  /** Takes over what a version says. */
  note(changes: readonly StateChange[]): void {
    for (const change of changes) {
      this.last.delete(change.instanceId);
      if (change.to !== 'buried') this.last.set(change.instanceId, change);
    }
    while (this.last.size > this.maxInstances) {
      const [oldest] = this.last.keys();
      if (oldest === undefined) return;
      this.last.delete(oldest);
    }
  }

  /** Those of the changes that are not on record yet, in their order. */
  news(changes: readonly StateChange[]): readonly StateChange[] {
    const seen = new Map<string, StateChange>();
    return changes.filter((change) => {
      const before = seen.get(change.instanceId) ?? this.last.get(change.instanceId);
      const isNews = before === undefined || isNewsAfter(before, change);
      if (isNews) seen.set(change.instanceId, change);
      return isNews;
    });
  }
}

/** Found out later, and about another state or another incarnation. */
function isNewsAfter(before: StateChange, change: StateChange): boolean {
  const isSame = before.incarnation === change.incarnation && before.to === change.to;
  return !isSame && change.atMs >= before.atMs;
}
