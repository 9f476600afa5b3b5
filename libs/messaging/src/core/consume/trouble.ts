import { isMessagingError } from '../errors';
import type { TroubleSignal } from './consumer-signal';

/** Makes the signal of something that failed; an error of a broker keeps its code, any other gets `code`. */
export function troubleOf(
  where: TroubleSignal['where'],
  messages: number,
  error: unknown,
  code: TroubleSignal['code'] = 'failed',
): TroubleSignal {
  return {
    kind: 'trouble',
    where,
    code: isMessagingError(error) && code === 'failed' ? error.code : code,
    messages,
    detail: error instanceof Error ? error.message : String(error),
    ...(error instanceof Error && { error }),
  };
}
