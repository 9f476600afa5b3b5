import type { Lane } from './fault';
import { describe } from './judge';
import { Pace } from '../../tools/prometheus/pace';
import type { Notification } from './pager';
import type { Outcome } from './run-fault';
import { runLane } from './run-lane';
import { Installation } from './stage/installation';
import { Stage } from './stage/stage';
import { startTelemetry, type Telemetry, type Watched } from './telemetry';

type Tell = (line: string) => void;

/** Opens an installation for each lane, and causes all their faults, lane beside lane. */
export async function runRig(
  lanes: readonly Lane[],
  intervalMs: number,
  tell: Tell,
): Promise<readonly Outcome[]> {
  const pace = new Pace(intervalMs);
  const opened: Installation[] = [];
  let telemetry: Telemetry | undefined;
  try {
    for (const lane of lanes) {
      tell(
        `${lane.name}: starting ${Object.entries(lane.replicas)
          .map(([app, count]) => `${count} ${app}`)
          .join(', ')}`,
      );
      opened.push(await open(lane, pace));
    }
    telemetry = await startTelemetry(
      opened.map((each, place) => watchedBy(each, lanes[place]!)),
      pace,
    );
    telemetry.pager.onNotification((notification) => tellOf(notification, tell));
    const { prometheus, pager } = telemetry;
    tell(`Prometheus ${prometheus.url}`);
    const outcomes = await Promise.all(
      opened.map(async (installation, place) => {
        const lane = lanes[place]!;
        const stage = new Stage(installation, prometheus, pace);
        return runLane(lane, stage, pager, (line) => tell(`${lane.name}: ${line}`));
      }),
    );
    return outcomes.flat();
  } finally {
    await telemetry?.stop();
    await Promise.all(opened.map(async (each) => each.close()));
  }
}

async function open({ name, replicas }: Lane, { settings }: Pace): Promise<Installation> {
  return Installation.open({
    namespace: name,
    replicas,
    settings,
  });
}

function watchedBy({ targets, namespace }: Installation, { replicas, alerts = {} }: Lane): Watched {
  return { namespace, targets, monitors: replicas['heartbeat-monitor'], alerts };
}

function tellOf({ receiver, alerts }: Notification, tell: Tell): void {
  for (const { status, labels } of alerts)
    if (labels['severity'] !== 'none')
      tell(
        `${labels['namespace']}: ${receiver} hears: ${status} ${describe(labels['alertname'] ?? '', labels)}`,
      );
}
