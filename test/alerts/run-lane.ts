import { eventually } from '@latido/testing';
import type { Fault, Lane } from './fault';
import type { NotifiedAlert, Pager } from './pager';
import { type Outcome, runFault } from './run-fault';
import { type Stage, WATCHDOG } from './stage/stage';

const CALM_WITHIN_BEATS = 180;

/** Who follows a lane. */
interface Follower {
  readonly tell: (line: string) => void;
  readonly done: (outcome: Outcome) => void;
}

/** Causes the faults of a lane, one row after the other. @throws Error when it does not get ready. */
export async function runLane(
  lane: Lane,
  stage: Stage,
  pager: Pager,
  { tell, done }: Follower,
): Promise<void> {
  try {
    await prepare(lane, stage, pager);
    for (const row of lane.rows) {
      tell(`causing ${row.map(({ name }) => name).join(' | ')}`);
      await Promise.all(row.map(async (fault) => done(await runBeside(row, fault, stage, pager))));
    }
  } finally {
    stage.load.rate(0);
  }
}

async function prepare(lane: Lane, stage: Stage, pager: Pager): Promise<void> {
  await lane.prepare?.(stage);
  for (const fault of lane.rows.flat()) await fault.prepare?.(stage);
  await untilCalm(stage);
  await untilWatched(stage, pager);
}

/** Waits until the watchdog of the installation has reached its own receiver: without it nobody would notice silence. */
async function untilWatched({ installation, pace }: Stage, pager: Pager): Promise<void> {
  const isWatchdog = ({ labels }: NotifiedAlert): boolean =>
    labels['alertname'] === WATCHDOG && labels['namespace'] === installation.namespace;
  await eventually(
    () => {
      const heard = pager.notifications.filter(({ receiver }) => receiver === 'heartbeat');
      if (!heard.some(({ alerts }) => alerts.some(isWatchdog))) throw new Error('the watchdog was not heard');
    },
    { withinMs: pace.beats(CALM_WITHIN_BEATS) },
  );
}

/** What no fault of the row calls its own belongs to the first. */
async function runBeside(row: readonly Fault[], fault: Fault, stage: Stage, pager: Pager): Promise<Outcome> {
  const isOwn = ({ own = {} }: Fault, labels: NotifiedAlert['labels']): boolean =>
    Object.entries(own).every(([label, value]) => labels[label] === value);
  const others = row.filter((other) => other !== fault);
  return runFault(fault, stage, pager, (labels) =>
    fault === row[0] ? others.some((other) => isOwn(other, labels)) : !isOwn(fault, labels),
  );
}

/** Waits until every page is scraped, every service is up, and no alert is even pending. */
async function untilCalm(stage: Stage): Promise<void> {
  const { namespace, pods } = stage.installation;
  await stage.until('sum(up{namespace="@namespace@"})', ([up]) => up === pods.length, CALM_WITHIN_BEATS);
  await stage.until(
    'min(sum without (reason) (interop_monitor_blind{namespace="@namespace@"}))',
    ([blind]) => blind === 0,
    CALM_WITHIN_BEATS,
  );
  await eventually(
    async () => {
      const alerts = await stage.alerts();
      if (alerts.length > 0)
        throw new Error(
          `${namespace} is not calm: ${alerts.map(({ labels }) => labels['alertname']).join(', ')}`,
        );
    },
    { withinMs: stage.pace.beats(CALM_WITHIN_BEATS) },
  );
}
