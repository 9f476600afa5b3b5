import pino, { type DestinationStream, type Logger } from 'pino';

/** Where secrets could stand in a field by mistake; the value is replaced, the name stays. */
const SECRET_PATHS = ['authorization', 'cookie', 'password', 'token', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.headers.${name}`,
]);

export interface LoggerOptions {
  readonly service: string;
  readonly instanceId: string;
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Default: standard output, written synchronously, so that the last line before an exit is there. */
  readonly destination?: DestinationStream;
}

/**
 * The logger of a process: JSON, one line an event, with `service`, `instance_id`, `event` (of lines
 * that libraries write: `message`) and, inside a span, `trace_id` and `span_id`.
 */
export function createLogger({ service, instanceId, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service, instance_id: instanceId },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: '[redacted]' },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => ('event' in fields ? fields : { event: 'message', ...fields }),
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
