import type { Phase } from './observed-heartbeat';

/**
 * The liveness of one instance.
 *
 * - `up`, `late`, `suspect`, `down`: by its silence
 * - `left`: said goodbye; final for its incarnation
 * - `mute`: Kubernetes calls the pod ready, yet it is silent: alive, but cannot talk
 * - `unknown`: Kubernetes names the pod, no heartbeat came yet
 */
export type InstanceState = 'up' | 'late' | 'suspect' | 'down' | 'left' | 'mute' | 'unknown';

/** {@link InstanceState}, where `up` is split by what the instance says of itself. */
export type ReportedState = InstanceState | 'starting' | 'draining';

export const reportedStates: readonly ReportedState[] = [
  'up',
  'starting',
  'draining',
  'late',
  'suspect',
  'down',
  'left',
  'mute',
  'unknown',
];

export function reportedState(state: InstanceState, phase: Phase): ReportedState {
  return state === 'up' && (phase === 'starting' || phase === 'draining') ? phase : state;
}
