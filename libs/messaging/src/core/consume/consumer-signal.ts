import type { PublishFailureCode } from '../publish/publisher';
import type { DeadLetterDisposition } from './disposition';
import type { ReceivedMessage } from './received-message';

/** What a consumer tells its observer, for metrics and logs. Messages are given for their ids: log no bodies. */
export type ConsumerSignal =
  | { readonly kind: 'received'; readonly messages: number }
  | { readonly kind: 'handled'; readonly messages: number; readonly durationMs: number }
  | { readonly kind: 'deleted'; readonly messages: number }
  | { readonly kind: 'given_back'; readonly messages: number }
  | {
      readonly kind: 'dead_lettered';
      readonly message: ReceivedMessage;
      readonly disposition: DeadLetterDisposition;
    }
  | TroubleSignal;

/** Something failed; nothing was lost by it. */
export interface TroubleSignal {
  readonly kind: 'trouble';
  readonly where: TroublePlace;
  readonly code: PublishFailureCode | 'handler_failed' | 'handler_timeout';
  /** How many messages it concerns; 0 where it is the queue as a whole. */
  readonly messages: number;
  readonly detail: string;
  readonly error?: Error;
}

/** What a consumer was doing when it went wrong. Stable; label of a metric. */
export type TroublePlace =
  'receive' | 'handle' | 'extend_visibility' | 'delete' | 'give_back' | 'dead_letter' | 'after_dead_letter';
