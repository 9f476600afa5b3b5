import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Global, Module } from '@nestjs/common';
import { type CommitOptions, EventCommitter, type LogRecord } from '@latido/event-commit';
import { claimExpiry } from '@latido/idempotent-receiver';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { sha256Hex } from '@latido/messaging/aws';
import { type Log, RepeatedTrouble } from '@latido/observability';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import { boundedRetry, type Recovery } from '@latido/write-ahead-log';
import { LogKeeper } from '@latido/write-ahead-log/nest';
import { dedupHorizonMs, orderingOf, type ServiceBSettings } from '../configuration';
import { STORES, type Stores } from '../infrastructure/infrastructure';
import { ReceiptSender } from '../receipts/receipt-sender';
import { LogKeeping } from './log-keeping';
import { redeliver } from './redeliver';

/** The commit protocol, and the slots of the log it writes to. */
@Global()
@Module({
  providers: [
    { provide: EventCommitter, inject: [STORES, LAMPORT_CLOCK, SETTINGS], useFactory: createCommitter },
    {
      provide: LogKeeping,
      inject: [STORES, EventCommitter, ReceiptSender, SETTINGS, LOG],
      useFactory: openLog,
    },
  ],
  exports: [EventCommitter, LogKeeping],
})
export class LogModule {}

function createCommitter(
  { claims, versions }: Stores,
  clock: LamportClock,
  settings: ServiceBSettings,
): EventCommitter {
  const lamportAfter = async (time: number): Promise<number> => (await clock.merge(time)).time;
  const ports = { claims, versions, now: Date.now, newToken: randomUUID, sha256Hex, lamportAfter };
  return new EventCommitter(ports, optionsOf(settings));
}

function optionsOf(settings: ServiceBSettings): Partial<CommitOptions> {
  return { ordering: orderingOf(settings), dedupHorizonMs: dedupHorizonMs(settings) };
}

/** Takes every slot before the first event is received: a service that cannot write its log does not start. */
async function openLog(
  { segments, writers }: Stores,
  committer: EventCommitter,
  receipts: ReceiptSender,
  settings: ServiceBSettings,
  log: Log,
): Promise<LogKeeping> {
  const trouble = new RepeatedTrouble(Date.now);
  const retry = boundedRetry({ delay, random: Math.random });
  const keeper = new LogKeeper<LogRecord>({
    service: 'service-b',
    ports: { segments, writers, now: Date.now, newToken: randomUUID, retry },
    claimLifeMs: claimExpiry({ nowMs: 0, horizonMs: dedupHorizonMs(settings) }) * 1_000,
    redeliver: (record, token) => redeliver(record, token, { committer, receipts }),
    watchEveryMs: settings.logWatchIntervalMs,
    abandonedAfterMs: settings.logAbandonedAfterMs,
    onRecovery: (recovery) => tellOf(recovery, log),
    onError: (error) =>
      trouble.tell(error, (told) =>
        log.warn({ event: 'log_timer_failed', ...told }, 'the log is looked at again soon'),
      ),
  });
  const keeping = new LogKeeping(keeper, { pollers: settings.consumerPollers });
  await keeping.openAll();
  keeper.start();
  return keeping;
}

/** A walk that found nothing to do is the ordinary case. */
function tellOf(recovery: Recovery, log: Log): void {
  const { slot, redelivered, failed, expiredSegments } = recovery;
  const fields = { event: 'slot_recovered', ...recovery };
  const isOrdinary = redelivered + failed + expiredSegments === 0;
  log[isOrdinary ? 'debug' : 'info'](fields, `repeated what an earlier owner of slot ${slot} had logged`);
}
