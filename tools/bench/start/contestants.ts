import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@latido/testing';

/** One way to run the service. */
export interface Contestant {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** What runs, from the root of the repository; what is shipped when left out. */
  readonly script?: string;
}

/** Everything but the last is what a user of ours might run; the last is what one would do without us. */
export interface Contestants {
  readonly withoutTracing: Contestant;
  readonly traced: Contestant;
  readonly inFiles: Contestant;
  readonly automatic: Contestant;
}

/** Nothing listens there: connections are refused at once. */
const NO_COLLECTOR = 'http://127.0.0.1:9';
const DIRECTORY = join(repositoryRoot(), 'tools/bench/start/auto-instrumentations');
const AUTO = '@opentelemetry/auto-instrumentations-node';

/** As compiled, file by file: hooks of require see nothing of a bundle. */
const IN_FILES = 'dist/apps/service-b/src/main.js';

/** service-b without tracing, with its own, and with the catch-all instrumentation, which is installed first. */
export async function contestants(say: (progress: string) => void): Promise<Contestants> {
  if (!existsSync(join(DIRECTORY, 'node_modules'))) {
    say(`installs ${AUTO}`);
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: DIRECTORY });
  }
  const register = require.resolve(`${AUTO}/register`, { paths: [DIRECTORY] });
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: NO_COLLECTOR };
  return {
    withoutTracing: { name: 'without OpenTelemetry', env: {} },
    traced: { name: 'with tracing', env: tracing },
    inFiles: { name: 'with tracing, not bundled', script: IN_FILES, env: tracing },
    automatic: {
      name: 'with auto-instrumentations-node 0.82.0, not bundled',
      script: IN_FILES,
      env: {
        NODE_OPTIONS: `--require ${register}`,
        OTEL_SERVICE_NAME: 'service-b',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      },
    },
  };
}
