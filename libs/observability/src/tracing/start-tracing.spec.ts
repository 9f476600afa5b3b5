import { startTracing } from './start-tracing';

describe('startTracing', () => {
  it('is off when it is not asked for, and its flush ends at once', async () => {
    const traced = { service: 's', version: '1', instanceId: 'i' };
    const settings = { sampler: 'always_on', ratio: 1, propagators: ['tracecontext'] } as const;
    const tracing = startTracing(traced, { isOn: false, ...settings });
    expect(tracing.enabled).toBe(false);
    await tracing.flush(1);
  });
});
