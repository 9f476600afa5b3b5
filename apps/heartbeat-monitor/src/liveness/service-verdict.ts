import type { ServiceSummary } from '@latido/failure-detector';

/**
 * The liveness of a service as a whole, from the states of its instances.
 *
 * - `up`: as many are alive as expected, none is down or mute
 * - `degraded`: somebody is alive, but not all that should be
 * - `down`: nobody is alive, and somebody died
 * - `mute`: nobody can be heard, but Kubernetes calls some ready
 * - `missing`: nobody is alive and nobody died, yet instances are expected
 * - `left`: everybody is gone, and nobody is expected
 * - `unknown`: Kubernetes names instances, none was heard yet
 */
export type ServiceVerdict = 'up' | 'degraded' | 'down' | 'mute' | 'missing' | 'left' | 'unknown';

/** Judges a service. Late and suspect instances are alive: they are not declared dead. */
export function serviceVerdict({
  alive,
  expected,
  instances,
}: Pick<ServiceSummary, 'alive' | 'expected' | 'instances'>): ServiceVerdict {
  if (alive > 0) {
    const whole = alive >= expected && instances.down === 0 && instances.mute === 0;
    return whole ? 'up' : 'degraded';
  }
  if (instances.down > 0) return 'down';
  if (instances.mute > 0) return 'mute';
  if (expected > 0) return 'missing';
  return instances.unknown > 0 ? 'unknown' : 'left';
}
