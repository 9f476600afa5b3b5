import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Log } from '@latido/observability';
import { LOG, Repeating, SETTINGS } from '@latido/service-host/nest';
import type { VersionedValue } from '@latido/versioned-value';
import { VERSIONED_VALUE } from '@latido/versioned-value/nest';
import { dedupHorizonMs, type ServiceBSettings } from '../configuration';
import { pruneAll } from './retention';

const MINUTE_MS = 60_000;

/** Removes old values every so often; without RETENTION_KEEP_VERSIONS it does nothing. */
@Injectable()
export class RetentionTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly walking: Repeating | undefined;

  constructor(
    @Inject(SETTINGS) settings: ServiceBSettings,
    @Inject(VERSIONED_VALUE) values: VersionedValue,
    @Inject(LOG) log: Log,
  ) {
    const { retentionKeepVersions: keep, retentionIntervalMinutes } = settings;
    if (keep === undefined) return;
    this.walking = new Repeating({
      everyMs: retentionIntervalMinutes * MINUTE_MS,
      task: async () => {
        const report = await pruneAll(values, { keep, horizonMs: dedupHorizonMs(settings) });
        log.info({ event: 'retention_done', ...report }, `removed ${report.pruned} old values`);
      },
      onError: (error) =>
        log.error({ event: 'retention_failed', err: error }, 'retention goes on with its next walk'),
    });
  }

  onApplicationBootstrap(): void {
    this.walking?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.walking?.stop();
  }
}
