export type { ConsumerSettings } from './consumer-settings';
export {
  ConsumerModule,
  type ConsumerRegistration,
  InjectQueueConsumer,
  queueConsumerToken,
} from './consumer.module';
