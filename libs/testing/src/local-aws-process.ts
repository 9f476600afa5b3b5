import { join } from 'node:path';
import { repositoryRoot } from './repository-root';
import { RunningProcess } from './running-process';

/** Generous: a machine that does other work takes its time, and where all is well it costs nothing. */
const START_WITHIN_MS = 60_000;

/** An embedded AWS of its own, for tests that freeze, kill or restart it. */
export interface LocalAwsProcess {
  readonly process: RunningProcess;
  /** What a service needs in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ports it listens on: pass them again to restart it in the same place. */
  readonly ports: LocalAwsPorts;
}

export interface LocalAwsPorts {
  readonly messaging: number;
  readonly dynamodb: number;
}

/**
 * Starts dist/apps/local-aws and waits until it is seeded.
 *
 * @param options.dataDir - keeps its data there; absent: in memory.
 * @param options.ports - where to listen; absent: on free ports.
 * @param options.prefix - put before every resource name.
 * @example
 * const aws = await startLocalAws({ dataDir });
 * await aws.process.kill('SIGKILL');
 * const again = await startLocalAws({ dataDir, ports: aws.ports });
 */
export async function startLocalAws(
  options: { readonly dataDir?: string; readonly ports?: LocalAwsPorts; readonly prefix?: string } = {},
): Promise<LocalAwsProcess> {
  const { dataDir, ports, prefix } = options;
  const running = new RunningProcess({
    script: join(repositoryRoot(), 'dist/apps/local-aws/src/main.js'),
    args: [
      '--port',
      String(ports?.messaging ?? 0),
      '--dynamodb-port',
      String(ports?.dynamodb ?? 0),
      ...(dataDir === undefined ? [] : ['--data', dataDir]),
      ...(prefix === undefined ? [] : ['--prefix', prefix]),
    ],
  });
  const ready = await running.waitForLog(({ event }) => event === 'local_aws_ready', {
    withinMs: START_WITHIN_MS,
  });
  const urls = {
    sns: String(ready['snsUrl']),
    sqs: String(ready['sqsUrl']),
    db: String(ready['dynamodbUrl']),
  };
  return {
    process: running,
    ports: { messaging: portOf(urls.sqs), dynamodb: portOf(urls.db) },
    env: {
      AWS_ENDPOINT_URL_SNS: urls.sns,
      AWS_ENDPOINT_URL_SQS: urls.sqs,
      AWS_ENDPOINT_URL_DYNAMODB: urls.db,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ACCOUNT_ID: '000000000000',
      ...(prefix !== undefined && { RESOURCE_PREFIX: prefix }),
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
