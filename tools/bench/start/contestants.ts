import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@latido/testing';

/** One way to run the service. */
export interface Contestant {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Nothing listens there: connections are refused at once. */
const NO_COLLECTOR = 'http://127.0.0.1:9';
const DIRECTORY = join(repositoryRoot(), 'tools/bench/start/auto-instrumentations');
const AUTO = '@opentelemetry/auto-instrumentations-node';

/** The service without tracing, with its own, and with the catch-all instrumentation, which is installed first. */
export async function contestants(say: (progress: string) => void): Promise<readonly Contestant[]> {
  if (!existsSync(join(DIRECTORY, 'node_modules'))) {
    say(`installs ${AUTO}`);
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: DIRECTORY });
  }
  const register = require.resolve(`${AUTO}/register`, { paths: [DIRECTORY] });
  return [
    { name: 'without OpenTelemetry', env: {} },
    { name: 'with tracing', env: { OTEL_EXPORTER_OTLP_ENDPOINT: NO_COLLECTOR } },
    {
      name: 'with auto-instrumentations-node 0.82.0',
      env: {
        NODE_OPTIONS: `--require ${register}`,
        OTEL_SERVICE_NAME: 'service-b',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      },
    },
  ];
}
