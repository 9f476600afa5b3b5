import { variable } from './variable';

/** The variables of every service that says of itself that it lives, and how far its edges are. */
export const heartbeatVariables = {
  heartbeatIntervalMs: variable.integer({
    env: 'HEARTBEAT_INTERVAL_MS',
    default: 10_000,
    min: 1_000,
    max: 300_000,
    description: 'How often this process says that it lives, in milliseconds',
  }),
  edgeWindow: variable.integer({
    env: 'EDGE_WINDOW',
    default: 8_192,
    min: 32,
    max: 16_384,
    description:
      'Numbers of a stream that this process can tell apart, rounded up to a multiple of 32; what arrives below is late',
  }),
};
