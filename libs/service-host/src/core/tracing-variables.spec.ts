import { declareService } from './declare-service';
import { readConfig } from './read-config';
import { tracingSettings } from './tracing-variables';

const declared = declareService({ service: 's', port: 1, metricsPort: 2, variables: {} });

function read(environment: Readonly<Record<string, string>>) {
  const reading = readConfig(declared, environment);
  if (reading.outcome === 'refused') return reading.problems.map(({ problem }) => problem);
  return tracingSettings(reading.settings);
}

describe('the settings of tracing', () => {
  test.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317', OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4317' }, true],
  ])('with %j tracing is on: %s', (environment, isOn) => {
    expect(read(environment)).toMatchObject({ isOn });
  });

  it('takes sampler, share and propagators by the names of OpenTelemetry', () => {
    expect(
      read({
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        OTEL_PROPAGATORS: 'xray, tracecontext',
      }),
    ).toMatchObject({
      sampler: 'parentbased_traceidratio',
      ratio: 0.25,
      propagators: ['xray', 'tracecontext'],
    });
  });

  test.each([
    [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER "sometimes" is none of'],
    [{ OTEL_TRACES_SAMPLER_ARG: '1.1' }, 'OTEL_TRACES_SAMPLER_ARG "1.1" is not a number from 0 to 1'],
    [
      { OTEL_PROPAGATORS: 'tracecontext,b3' },
      'OTEL_PROPAGATORS "tracecontext,b3" has "b3", which is none of',
    ],
  ])('refuses %j', (environment, problem) => {
    expect(read(environment)).toEqual([expect.stringContaining(problem)]);
  });
});
