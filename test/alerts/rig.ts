import type { Fault, Lane } from './fault';
import { describe } from './judge';
import { Pace } from '../../tools/prometheus/pace';
import type { Notification } from './pager';
import { notFinished, notRun, type Outcome } from './run-fault';
import { runLane } from './run-lane';
import { Installation } from './stage/installation';
import { Stage } from './stage/stage';
import { Telemetry } from './telemetry';
import { sideBySide, turns } from './turns';

/** How the rig runs. */
export interface RigOptions {
  /** The heartbeat interval, which everything else follows. */
  readonly intervalMs: number;
  /** Lanes that run side by side at most. */
  readonly atOnce: number;
  /** Hears what happens, line by line. */
  readonly tell: (line: string) => void;
}

/** Opens an installation for each lane, some at once, and causes all their faults. */
export class Rig {
  private readonly pace: Pace;
  private readonly known = new Map<Fault, Outcome>();
  private readonly opened = new Map<Lane, Installation>();
  /** A machine that starts everything at once does nothing else. */
  private readonly openInTurn = turns();
  private telemetry: Telemetry | undefined;

  constructor(
    private readonly lanes: readonly Lane[],
    private readonly options: RigOptions,
  ) {
    this.pace = new Pace(options.intervalMs);
  }

  /** What is known by now of each fault, in the order of the lanes. */
  get outcomes(): readonly Outcome[] {
    const faults = this.lanes.flatMap(({ rows }) => rows.flat());
    return faults.map((fault) => this.known.get(fault) ?? notFinished(fault));
  }

  /** Runs every lane to its end. Call {@link close} then, and whenever it shall end before. */
  async run(): Promise<void> {
    this.telemetry = await Telemetry.start(this.pace);
    this.telemetry.pager.onNotification((notification) => this.tellOf(notification));
    this.options.tell(`Prometheus ${this.telemetry.prometheus.url}`);
    const telemetry = this.telemetry;
    await sideBySide(this.lanes, this.options.atOnce, async (lane) => this.runOne(lane, telemetry));
  }

  /** Ends every process. @throws Error when one wrote a secret into its log. */
  async close(): Promise<void> {
    await this.telemetry?.stop();
    await Promise.all([...this.opened.keys()].map(async (lane) => this.leave(lane)));
  }

  /** A lane that cannot be opened, or left, has failed with its faults; the others go on. */
  private async runOne(lane: Lane, telemetry: Telemetry): Promise<void> {
    const { tell } = this.options;
    const done = (outcome: Outcome): void => void this.known.set(outcome.fault, outcome);
    try {
      const installation = await this.openInTurn(async () => this.open(lane));
      const { targets, namespace } = installation;
      const { alerts = {}, replicas } = lane;
      await telemetry.watch({ namespace, targets, monitors: replicas['heartbeat-monitor'], alerts });
      const stage = new Stage(installation, telemetry.prometheus, this.pace);
      await runLane(lane, stage, telemetry.pager, {
        tell: (line) => tell(`${lane.name}: ${line}`),
        done,
      });
      await telemetry.forget(namespace);
      await this.leave(lane);
      tell(`${lane.name}: done`);
    } catch (error) {
      tell(`${lane.name}: ${String(error)}`);
      for (const fault of lane.rows.flat()) if (!this.known.has(fault)) done(notRun(fault, error));
    }
  }

  private async open(lane: Lane): Promise<Installation> {
    const { name, replicas } = lane;
    const pods = Object.entries(replicas).map(([app, count]) => `${count} ${app}`);
    this.options.tell(`${name}: starting ${pods.join(', ')}`);
    const { settings } = this.pace;
    const installation = await Installation.open({ namespace: name, replicas, settings });
    this.opened.set(lane, installation);
    return installation;
  }

  private async leave(lane: Lane): Promise<void> {
    const installation = this.opened.get(lane);
    this.opened.delete(lane);
    await installation?.close();
  }

  private tellOf({ receiver, alerts }: Notification): void {
    for (const { status, labels } of alerts)
      if (labels['severity'] !== 'none')
        this.options.tell(
          `${labels['namespace']}: ${receiver} hears: ${status} ${describe(labels['alertname'] ?? '', labels)}`,
        );
  }
}
