export { HorizonTooShortError } from './horizon-too-short-error';
export {
  CLAIM_STORE,
  IDEMPOTENT_RECEIVER,
  IdempotentReceiverModule,
  type IdempotentReceiverModuleFactory,
  type IdempotentReceiverModuleOptions,
} from './idempotent-receiver.module';
