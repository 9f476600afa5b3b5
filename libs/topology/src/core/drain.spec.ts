import { graceSeconds, stopSeconds } from './drain';
import { queuesOf } from './edges';
import { topology } from './topology';

/** The default of STOP_TIMEOUT_MS: then a stop that still runs is given up. */
const STOP_TIMEOUT_SECONDS = 25;

describe('the drain arithmetic', () => {
  test('counts answering on, the work under way and what comes after it', () => {
    const drain = { preStopSeconds: 5, longestHandlerSeconds: 13, flushSeconds: 12 };
    expect(stopSeconds(drain)).toBe(25);
    expect(graceSeconds(drain)).toBe(30);
  });

  test.each(topology.services.map((service) => [service.name, service] as const))(
    '%s can stop in order before its stop is given up',
    (_name, { drain }) => {
      expect(stopSeconds(drain)).toBeLessThanOrEqual(STOP_TIMEOUT_SECONDS);
    },
  );

  test.each(topology.services.map((service) => [service.name, service] as const))(
    'hides a message from others for longer than %s may work on it while stopping',
    (name, { drain }) => {
      for (const queue of queuesOf(topology, name))
        expect(queue.visibilityTimeoutSeconds).toBeGreaterThan(drain.longestHandlerSeconds);
    },
  );
});
