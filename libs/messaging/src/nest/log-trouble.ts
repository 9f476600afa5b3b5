import { Logger } from '@nestjs/common';
import type { ConsumerSignal } from '../core/consume/consumer-signal';

/** The observer of a consumer that was given none: trouble and dead letters become log lines, without bodies. */
export function logTrouble(name: string): (signal: ConsumerSignal) => void {
  const logger = new Logger(`queue-consumer:${name}`);
  return (signal) => {
    if (signal.kind === 'trouble') logger.warn(`${signal.where} ${signal.code}: ${signal.detail}`);
    if (signal.kind === 'dead_lettered')
      logger.warn(`dead letter ${signal.message.messageId}: ${signal.disposition.reason}`);
  };
}
