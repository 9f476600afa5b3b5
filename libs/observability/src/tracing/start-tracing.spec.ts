import { startTracing } from './start-tracing';

const traced = { service: 's', version: '1', instanceId: 'i' };

describe('startTracing', () => {
  test.each([
    [{}],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317', OTEL_TRACES_EXPORTER: 'none' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317', OTEL_SDK_DISABLED: 'true' }],
  ])('is off with %j, and its flush ends at once', async (environment) => {
    const tracing = startTracing(traced, environment);
    expect(tracing.enabled).toBe(false);
    await tracing.flush(1);
  });
});
