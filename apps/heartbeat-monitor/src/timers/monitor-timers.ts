import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import { LOG, Repeating, SETTINGS } from '@latido/service-host/nest';
import { serviceSubject } from '@latido/topology';
import { VersionedValue } from '@latido/versioned-value';
import { maintenanceForm } from '../boards/maintenance';
import { alertsForm } from '../boards/alerts';
import type { MonitorSettings } from '../configuration';
import { CanarySender } from '../heartbeats/canary-sender';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';

const HOUR_MS = 3_600_000;
/** Proxies close connections that say nothing for a minute. */
const KEEP_ALIVE_MS = 15_000;
/** A write that lands late must still find the number of its version taken. */
const TOMBSTONE_HORIZON_MS = 24 * HOUR_MS;

/** Everything that the monitor does because time passes. */
@Injectable()
export class MonitorTimers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: readonly Repeating[];

  constructor(
    @Inject(MONITOR_APP) private readonly app: MonitorApp,
    @Inject(CanarySender) canaries: CanarySender,
    @Inject(SETTINGS) private readonly settings: MonitorSettings,
    @Inject(LOG) private readonly log: Log,
  ) {
    const { monitor, detection, clients, feed } = app;
    const { tickMs, canaryPeriodMs, intervalMs } = detection;
    this.timers = [
      this.every(tickMs, 'advance', () => monitor.advance()),
      // Not waited for: one that hangs must not keep the next from being sent.
      this.every(canaryPeriodMs, 'canary', () => void canaries.send()),
      this.every(3 * intervalMs, 'snapshot', async () => this.saveSnapshot()),
      this.every(canaryPeriodMs, 'boards', async () => this.refreshBoards()),
      this.every(intervalMs, 'status', () => feed.tellStatus()),
      this.every(KEEP_ALIVE_MS, 'keep_alive', () => clients.keepAlive()),
      this.every(HOUR_MS, 'retention', async () => this.prune()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const timer of this.timers) timer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.timers.map((timer) => timer.stop()));
  }

  private every(everyMs: number, name: string, task: () => void | Promise<void>): Repeating {
    return new Repeating({
      everyMs,
      task: async () => task(),
      onError: (error) => this.log.warn({ event: 'timer_failed', timer: name, err: error }, `${name} failed`),
    });
  }

  private async saveSnapshot(): Promise<void> {
    const { snapshots, books, monitor, now } = this.app;
    await snapshots.save(monitor.detector);
    // After the detector's: who died between the two is recalled from the record.
    await books.save(monitor.book, now());
  }

  private async refreshBoards(): Promise<void> {
    const { maintenance, alerts, feed } = this.app;
    const before = maintenance.current;
    const [marksChanged, alertsChanged] = await Promise.all([maintenance.refresh(), alerts.refresh()]);
    const services = marksChanged ? [...before, ...maintenance.current].map(({ service }) => service) : [];
    for (const service of new Set(services)) feed.tellService(service);
    if (alertsChanged) feed.tellStatus();
  }

  /** Histories are kept to a bound; every replica may do it, pruning twice does nothing. */
  private async prune(): Promise<void> {
    const { versions, monitor } = this.app;
    const values = new VersionedValue({ store: versions, now: Date.now, newToken: randomUUID, sha256Hex });
    const services = monitor.detector.services().map(({ service }) => serviceSubject(service));
    for (const subject of [...services, maintenanceForm.subject, alertsForm.subject])
      await values.prune({
        subject,
        keep: this.settings.historyKeepVersions,
        horizonMs: TOMBSTONE_HORIZON_MS,
      });
  }
}
