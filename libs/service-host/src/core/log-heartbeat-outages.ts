import type { Log } from '@latido/observability';

/**
 * Writes one line when heartbeats can no longer be published, and one when they can again: the only trace in a process that works
 * and that monitors call dead or mute.
 *
 * @example
 * HeartbeatModule.forRootAsync({ inject: [LOG], useFactory: (log: Log) => ({ ...options, ...logHeartbeatOutages(log) }) });
 */
export function logHeartbeatOutages(log: Log): {
  readonly onFailed: (error: unknown) => void;
  readonly onRecovered: (failures: number) => void;
} {
  return {
    onFailed: (error) =>
      log.warn(
        { event: 'heartbeat_not_published', reason: error instanceof Error ? error.message : String(error) },
        'no heartbeat leaves; monitors call this instance dead if it lasts',
      ),
    onRecovered: (failures) =>
      log.info({ event: 'heartbeat_published_again', failures }, 'heartbeats leave again'),
  };
}
