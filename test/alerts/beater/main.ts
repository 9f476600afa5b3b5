/** A process that beats as any service does, and does nothing else: many of them fit on one machine. */
import { randomUUID } from 'node:crypto';
import { type HeartbeatIdentity, type HeartbeatPublisher, HeartbeatSender } from '@latido/heartbeat';
import { EventHeartbeatPublisher } from '@latido/heartbeat/aws';
import { createPublisher, createSnsClient, sha256Hex, SnsTopic } from '@latido/messaging/aws';
import { resourceNames } from '@latido/topology';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

function heartbeatsTopic(): SnsTopic {
  const names = resourceNames({
    prefix: setting('RESOURCE_PREFIX'),
    region: setting('AWS_REGION'),
    accountId: setting('AWS_ACCOUNT_ID'),
  });
  return new SnsTopic(createSnsClient(), names.topicArn('heartbeats'));
}

/** Says when the first beat is out: from then on others know of this process. */
function tellingFirst(publisher: HeartbeatPublisher): HeartbeatPublisher {
  let told = false;
  return {
    publish: async (heartbeat) => {
      await publisher.publish(heartbeat);
      if (!told)
        process.stdout.write(`${JSON.stringify({ event: 'beating', service: heartbeat.service })}\n`);
      told = true;
    },
  };
}

function sender(): HeartbeatSender {
  const clockOffsetMs = Number(setting('CLOCK_OFFSET_MS'));
  return new HeartbeatSender({
    publisher: tellingFirst(
      new EventHeartbeatPublisher({
        publisher: createPublisher(heartbeatsTopic()),
        newId: randomUUID,
        sha256Hex,
        lamport: () => 0,
      }),
    ),
    identity: {
      service: setting('SERVICE'),
      instanceId: setting('POD_UID'),
      incarnation: { epoch: Date.now(), token: randomUUID().slice(0, 8) },
      version: setting('SERVICE_VERSION'),
      produces: JSON.parse(setting('PRODUCES')) as HeartbeatIdentity['produces'],
      accepts: [],
    },
    now: () => Date.now() + clockOffsetMs,
    monotonicMs: () => process.uptime() * 1_000,
    random: Math.random,
    timers: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return { cancel: () => clearTimeout(timer) };
      },
    },
    intervalMs: Number(setting('HEARTBEAT_INTERVAL_MS')),
  });
}

async function sayGoodbye(beats: HeartbeatSender): Promise<void> {
  await beats.goodbye();
  process.exit(0);
}

const beats = sender();
process.once('SIGTERM', () => void sayGoodbye(beats));
beats.start();
beats.markUp();
