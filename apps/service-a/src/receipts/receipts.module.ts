import { type DynamicModule, Module } from '@nestjs/common';
import { ConsumerModule, type ConsumerSettings } from '@latido/messaging/nest';
import { tracedHandler } from '@latido/service-host/aws';
import { SETTINGS } from '@latido/service-host/nest';
import type { ServiceASettings } from '../configuration';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';
import { RECEIPTS_QUEUE } from '../telemetry/service-metrics';
import { ReceiptsConsumer } from './receipts-consumer';

/** Name under which the consumer of receipts is injected. */
export const RECEIPTS = 'receipts';

@Module({ providers: [ReceiptsConsumer], exports: [ReceiptsConsumer] })
class ReceiptsConsumerModule {}

/** Consumes the queue of receipts. */
@Module({})
export class ReceiptsModule {
  static with(settings: { readonly pollers: number }): DynamicModule {
    const consumer = ConsumerModule.register({
      name: RECEIPTS,
      pollers: settings.pollers,
      imports: [ReceiptsConsumerModule],
      inject: [INFRASTRUCTURE, ReceiptsConsumer, SETTINGS],
      useFactory: consumerSettings,
    });
    return { module: ReceiptsModule, imports: [consumer], exports: [consumer] };
  }
}

function consumerSettings(
  { receipts }: Infrastructure,
  consumer: ReceiptsConsumer,
  { producerRelation: relation }: ServiceASettings,
): ConsumerSettings {
  if (receipts === undefined) throw new Error('receipts are consumed, but there is no queue for them');
  return {
    ...receipts,
    handle: tracedHandler({ queue: RECEIPTS_QUEUE, relation }, async (batch) => consumer.handle(batch)),
    afterDeadLetter: async (message, disposition) => consumer.afterDeadLetter(message, disposition),
    // The stop sequence has drained it long before; what is stuck then stays stuck.
    drainTimeoutMs: 500,
  };
}
