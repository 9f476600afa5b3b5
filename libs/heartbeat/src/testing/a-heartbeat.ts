import type { Heartbeat } from '../core/heartbeat';

/** A valid heartbeat, with what the test cares about in place of the defaults. */
export function aHeartbeat(override: Partial<Heartbeat> = {}): Heartbeat {
  return {
    service: 'service-a',
    instanceId: '6f2c1a1e-7d0f-4f6c-9b57-0d6a2f4f3b10',
    incarnation: { epoch: 12_000, token: 'k3v9x2qa' },
    seq: 1,
    sentAtMs: 1_795_324_547_000,
    uptimeMs: 4_200,
    intervalMs: 10_000,
    state: 'up',
    version: '0.1.0',
    zone: 'eu-west-1a',
    produces: [{ topic: 'state-events', contracts: ['latido.state.changed.v1'] }],
    accepts: [{ topic: 'receipts', contracts: ['latido.receipt.v1'] }],
    edges: [],
    ...override,
  };
}
