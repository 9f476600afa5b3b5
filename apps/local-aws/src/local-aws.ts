import { join } from 'node:path';
import { resourceNames, topology } from '@latido/topology';
import { seedQueues, seedTables, seedTopics } from '@latido/topology/aws';
import { connect } from './clients';
import type { LocalAwsConfig } from './config';
import { lockDataDirectory } from './data-directory';
import { startDynamodb } from './dynamodb-server';
import { sweepExpired } from './expiry-sweep';
import { repairIndexes } from './index-repair';
import { type RunningServer, startSnsSqs } from './sns-sqs-server';

/** The account the embedded SNS and SQS answer for; it cannot be changed there. */
const ACCOUNT_ID = '000000000000';

/** An embedded AWS that answers and holds everything the topology names. */
export interface LocalAws {
  readonly messagingUrl: string;
  readonly dynamodbUrl: string;
  /** Deletes what has expired in every table; answers how many items went. */
  sweep(nowEpochSeconds: number): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts both servers and seeds them. What exists already stays, with its messages and items.
 * @throws AggregateError naming every server that could not start; the other one is stopped again.
 * @throws DataDirectoryInUseError when another process has the data directory.
 */
export async function startLocalAws(config: LocalAwsConfig): Promise<LocalAws> {
  const unlock = config.dataDir === undefined ? undefined : lockDataDirectory(config.dataDir);
  let seeded = false;
  const [messaging, dynamodb] = await startBoth(config, () => seeded);
  const urls = { messagingUrl: messaging.url, dynamodbUrl: dynamodb.url };
  const clients = connect(config.region, urls);
  const names = resourceNames({ prefix: config.prefix, region: config.region, accountId: ACCOUNT_ID });
  await Promise.all([
    seedTables(clients.dynamodb, topology, names),
    seedQueues(clients.sqs, topology, names).then(() => seedTopics(clients.sns, topology, names)),
  ]);
  if (config.dataDir !== undefined)
    for (const table of topology.tables)
      await repairIndexes(clients.dynamodb, table, names.table(table.name));
  seeded = true;
  return {
    ...urls,
    sweep: async (nowEpochSeconds) => {
      const counts = await Promise.all(
        topology.tables.map((table) =>
          sweepExpired(clients.dynamodb, table, { tableName: names.table(table.name), nowEpochSeconds }),
        ),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    stop: async () => {
      clients.close();
      await Promise.all([messaging.stop(), dynamodb.stop()]);
      unlock?.();
    },
  };
}

async function startBoth(
  config: LocalAwsConfig,
  isSeeded: () => boolean,
): Promise<readonly [RunningServer, RunningServer]> {
  const { host, region, dataDir } = config;
  const inDataDir = (name: string): { dataDir?: string } =>
    dataDir === undefined ? {} : { dataDir: join(dataDir, name) };
  const [messaging, dynamodb] = await Promise.allSettled([
    startSnsSqs({ host, region, port: config.port, isSeeded, ...inDataDir('sns-sqs') }),
    startDynamodb({ host, port: config.dynamodbPort, ...inDataDir('dynamodb') }),
  ]);
  if (messaging.status === 'fulfilled' && dynamodb.status === 'fulfilled')
    return [messaging.value, dynamodb.value];
  const started = [messaging, dynamodb].filter((start) => start.status === 'fulfilled');
  await Promise.all(started.map(({ value }) => value.stop()));
  const failed = [messaging, dynamodb].filter((start) => start.status === 'rejected');
  throw new AggregateError(
    failed.map(({ reason }) => reason as unknown),
    'the embedded AWS cannot start',
  );
}
