import type { Channel } from './channel';
import type { DueWheel } from './due-wheel';
import type { Fact } from './fact';
import type { InstanceRecord } from './peer-records';
import type { MassSilence } from './mass-silence';
import type { PeerTable } from './peer-table';
import type { DetectorSettings } from './settings';

/** What the parts of the detector share. Each part is a function over it; none keeps state of its own. */
export interface DetectorCore {
  readonly settings: DetectorSettings;
  readonly table: PeerTable;
  readonly channel: Channel;
  readonly wheel: DueWheel<InstanceRecord>;
  readonly mass: MassSilence;
  /** Pods that ended, until their goodbye had its time. */
  readonly endedPods: Set<InstanceRecord>;
  /** Mute ones whom no witness calls ready any longer, until their silence was judged. */
  readonly unvouched: Set<InstanceRecord>;
  /** Facts found since they were last handed out. */
  facts: Fact[];
}
