import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { openKubernetesPodFeed, PodLedger, PodWatch } from '@latido/failure-detector/kubernetes';
import type { Log } from '@latido/observability';
import { Exposition } from '@latido/observability/prometheus';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import type { MonitorSettings } from '../configuration';
import { exportWitness } from '../metrics/witness-metrics';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';

/** Asks Kubernetes about pods, where the settings want a second witness; nothing is loaded where they do not. */
@Injectable()
export class PodWitness implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watch: PodWatch | undefined;

  constructor(
    @Inject(MONITOR_APP) app: MonitorApp,
    @Inject(SETTINGS) settings: MonitorSettings,
    @Inject(Exposition) exposition: Exposition,
    @Inject(LOG) log: Log,
  ) {
    if (settings.podWitness === 'off') return;
    this.watch = watchPods(app, settings, log);
    exportWitness(exposition, this.watch);
  }

  onApplicationBootstrap(): void {
    this.watch?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch?.stop();
  }
}

function watchPods({ monitor }: MonitorApp, settings: MonitorSettings, log: Log): PodWatch {
  const { podNamespace: namespace, podSelector: labelSelector, podServiceLabel: serviceLabel } = settings;
  return new PodWatch({
    openFeed: async () => openKubernetesPodFeed({ namespace, labelSelector }),
    ledger: new PodLedger({ serviceLabel, listener: monitor }),
    pause: async (delayMs, signal) =>
      delay(delayMs, undefined, { signal, ref: false }).catch(() => undefined),
    random: Math.random,
    onConnected: () => log.info({ event: 'witness_connected' }, 'Kubernetes tells of pods'),
    onLost: (error) =>
      log.warn({ event: 'witness_lost', err: error }, 'no word from Kubernetes; heartbeats decide alone'),
  });
}
