import { Global, Module } from '@nestjs/common';
import { sha256Hex } from '@latido/messaging/aws';
import { type Log, RepeatedTrouble } from '@latido/observability';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import { OutboxModule, type OutboxModuleSettings } from '@latido/write-ahead-log/nest';
import { SERVICE } from '../commands/build-event';
import { outboxEntryLifeMs, type ServiceASettings } from '../configuration';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';
import { METRICS, published, type ServiceMetrics } from '../telemetry/service-metrics';
import { EventPublisher } from './event-publisher';

@Global()
@Module({
  providers: [
    {
      provide: EventPublisher,
      inject: [INFRASTRUCTURE, SETTINGS, METRICS, LOG],
      useFactory: eventPublisher,
    },
  ],
  exports: [EventPublisher],
})
class EventPublisherModule {}

/** The outbox, and the two who publish its entries: accepting, at once, and the relay, until a receipt comes. */
@Module({
  imports: [
    EventPublisherModule,
    OutboxModule.forRootAsync({
      inject: [INFRASTRUCTURE, EventPublisher, SETTINGS, LOG],
      useFactory: outboxSettings,
    }),
  ],
})
export class PublishingModule {}

function eventPublisher(
  { events }: Infrastructure,
  { eventOrdering }: ServiceASettings,
  { interop_messages_published_total: total }: ServiceMetrics,
  log: Log,
): EventPublisher {
  return new EventPublisher({
    publisher: events,
    fifo: eventOrdering === 'fifo',
    sha256Hex,
    onPublished: ({ type }) => total.inc(published('state-events', type.slice(type.lastIndexOf('.v') + 2))),
    onFailed: ({ id, error }) =>
      log.warn(
        { event: 'event_not_published', event_id: id, err: error },
        'not published; the relay repeats it',
      ),
  });
}

function outboxSettings(
  { outbox }: Infrastructure,
  publisher: EventPublisher,
  settings: ServiceASettings,
  log: Log,
): OutboxModuleSettings {
  const trouble = new RepeatedTrouble(Date.now);
  return {
    service: SERVICE,
    store: outbox,
    publish: async (entry) => publisher.publish(entry),
    entryLifeMs: outboxEntryLifeMs(settings),
    overdueAfterMs: settings.eventOverdueAfterMs,
    onRound: ({ found, republished, failedPublish }) => {
      if (found > 0)
        log.info(
          { event: 'relay_round', found, republished, failed: failedPublish },
          'published again what had no receipt',
        );
    },
    onError: (error) =>
      trouble.tell(error, (told) =>
        log.warn({ event: 'relay_failed', ...told }, 'the relay could not look; it tries again'),
      ),
  };
}
