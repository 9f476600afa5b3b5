import type { Server } from 'node:http';
import { Writable } from 'node:stream';
import { createLogger } from '@latido/observability/nest';
import type { ServiceDeclaration, Variables } from '../core/declare-service';
import { Identity } from '../core/identity';
import { type Environment, readConfig } from '../core/read-config';
import { StartRefusedError } from '../core/start-problem';
import { createApp } from '../nest/create-app';
import { type HostParts, hostParts } from '../nest/host-parts';
import type { ServiceModule } from '../process/run-service';

/** The token that a test host accepts unless its environment says otherwise. */
const TEST_TOKEN = 'a-token-for-tests';

/** One JSON line of the log. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface TestHost {
  /** For supertest: the real application, in this process, listening nowhere. */
  readonly server: Server;
  readonly parts: HostParts;
  /** Value of an Authorization header with every role. */
  readonly authorization: string;
  /** What was logged so far, oldest first. */
  readonly logs: readonly LogLine[];
  close(): Promise<void>;
}

/**
 * A service as it runs, without the process around it: no port, no signal handlers, no exit.
 *
 * @param environment - instead of the environment of this process; empty by default.
 * @throws StartRefusedError for a configuration that a process would refuse.
 * @example
 * const host = await startTestHost(serviceB, () => ServiceBModule);
 * await request(host.server).get('/health/live').expect(200);
 */
export async function startTestHost<V extends Variables>(
  declaration: ServiceDeclaration<V>,
  module: ServiceModule<V>,
  environment: Environment = { LOCAL_API_TOKEN: TEST_TOKEN },
): Promise<TestHost> {
  const reading = readConfig(declaration, environment);
  if (reading.outcome === 'refused') throw new StartRefusedError(reading.problems);
  const { settings } = reading;
  const { service } = declaration;
  const identity = new Identity({
    service,
    version: settings.version,
    instanceId: 'test-instance',
    startedAtMs: Date.now(),
    nonce: 'test',
  });
  const logs: LogLine[] = [];
  const log = createLogger({ service, instanceId: 'test-instance', level: 'info', destination: into(logs) });
  const parts = hostParts({ settings, identity, log });
  const app = await createApp(module({ settings, identity }), parts);
  await app.init();
  parts.readiness.enter('running');
  return {
    server: app.getHttpServer(),
    parts,
    authorization: `Bearer ${settings.localApiToken ?? ''}`,
    logs,
    close: () => app.close(),
  };
}

function into(lines: LogLine[]): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()) as LogLine);
      done();
    },
  });
}
