import type { PublishFailureCode } from './publisher';

/** What a publisher tells its observer, for metrics and logs. */
export type PublisherSignal =
  | { readonly kind: 'batch_sent'; readonly entries: number; readonly published: number }
  | { readonly kind: 'retry_planned'; readonly entries: number; readonly delayMs: number }
  | { readonly kind: 'message_failed'; readonly code: PublishFailureCode; readonly detail: string };
