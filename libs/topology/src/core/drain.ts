import type { DrainDescription } from './description';

/**
 * The shortest grace period of a pod, in seconds, in which its service can stop in order.
 *
 *     told to stop                                                       killed
 *     | preStopSeconds | longestHandlerSeconds | flushSeconds |           |
 *     |<--------------------- graceSeconds ------------------>|
 *     | still answers  | work under way ends   | goodbye, HTTP, telemetry |
 */
export function graceSeconds(drain: DrainDescription): number {
  return drain.preStopSeconds + stopSeconds(drain);
}

/** How long the process itself may take, from its SIGTERM on; `STOP_TIMEOUT_MS` must not be shorter. */
export function stopSeconds({ longestHandlerSeconds, flushSeconds }: DrainDescription): number {
  return longestHandlerSeconds + flushSeconds;
}
