import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Lane } from './fault';
import { describe } from './judge';
import { Pace } from '../../tools/prometheus/pace';
import type { Notification } from './pager';
import { notFinished, notRun, type Outcome } from './run-fault';
import { runLane } from './run-lane';
import { Installation } from './stage/installation';
import { Stage } from './stage/stage';
import { Telemetry, type Watched } from './telemetry';
import { pieces, sideBySide } from './side-by-side';

/** A start is mostly work: more of them at once only take longer, each. */
const OPENED_AT_ONCE = 2;

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
    for (const some of pieces(this.lanes, this.options.atOnce)) {
      // Before any fault: while processes start, nobody else has time.
      await sideBySide(some, OPENED_AT_ONCE, async (lane) => this.attempt(lane, async () => this.open(lane)));
      const opened = [...this.opened.entries()];
      await telemetry.watch(opened.map(([lane, installation]) => watchedBy(lane, installation)));
      await Promise.all(
        opened.map(async ([lane, installation], place) =>
          this.attempt(lane, async () => {
            // Faults begin with work too: one lane after the other.
            await delay(this.pace.beats(place));
            await this.runOne(lane, installation, telemetry);
          }),
        ),
      );
    }
  }

  /** Ends every process. @throws Error when one wrote a secret into its log. */
  async close(): Promise<void> {
    await this.telemetry?.stop();
    await Promise.all([...this.opened.keys()].map(async (lane) => this.leave(lane)));
  }

  /** A lane that fails fails with its faults; the others go on. */
  private async attempt(lane: Lane, part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      this.options.tell(`${lane.name}: ${String(error)}`);
      for (const fault of lane.rows.flat())
        if (!this.known.has(fault)) this.known.set(fault, notRun(fault, error));
    }
  }

  private async open(lane: Lane): Promise<void> {
    const { name, replicas } = lane;
    const pods = Object.entries(replicas).map(([app, count]) => `${count} ${app}`);
    this.options.tell(`${name}: starting ${pods.join(', ')}`);
    const settings = { ...this.pace.settings, ...(await lane.surroundings?.open()) };
    this.opened.set(lane, await Installation.open({ namespace: name, replicas, settings }));
  }

  private async runOne(lane: Lane, installation: Installation, telemetry: Telemetry): Promise<void> {
    const { name } = lane;
    try {
      const stage = new Stage(installation, telemetry.prometheus, this.pace);
      await runLane(lane, stage, telemetry.pager, {
        tell: (line) => this.options.tell(`${name}: ${line}`),
        done: (outcome) => void this.known.set(outcome.fault, outcome),
      });
      this.options.tell(`${name}: done`);
    } finally {
      await this.leave(lane);
    }
  }

  private async leave(lane: Lane): Promise<void> {
    const installation = this.opened.get(lane);
    this.opened.delete(lane);
    await installation?.close();
    if (installation !== undefined) await lane.surroundings?.close();
  }

  /** Of who has left it is told that nobody is there, which is no news. */
  private tellOf({ receiver, alerts }: Notification): void {
    const present = new Set([...this.opened.keys()].map(({ name }) => name));
    for (const { status, labels } of alerts)
      if (labels['severity'] !== 'none' && present.has(labels['namespace'] ?? ''))
        this.options.tell(
          `${labels['namespace']}: ${receiver} hears: ${status} ${describe(labels['alertname'] ?? '', labels)}`,
        );
  }
}

function watchedBy({ replicas, alerts = {} }: Lane, { namespace, targets }: Installation): Watched {
  return { namespace, targets, monitors: replicas['heartbeat-monitor'], alerts };
}
