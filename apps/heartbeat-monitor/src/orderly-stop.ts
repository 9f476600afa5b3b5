import { Inject, Injectable, Optional } from '@nestjs/common';
import type { HeartbeatSender } from '@latido/heartbeat';
import { HEARTBEAT_SENDER } from '@latido/heartbeat/nest';
import type { BatchingPublisher, QueueConsumer } from '@latido/messaging';
import { queueConsumerToken } from '@latido/messaging/nest';
import { StopSequence } from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';
import { HEARTBEATS_CONSUMER } from './consumer/heartbeats-consumer';
import { HEARTBEATS_TOPIC } from './heartbeats/heartbeats-topic';
import { MONITOR_APP, type MonitorApp } from './monitor-app';
import { MonitorTimers } from './timers/monitor-timers';

const DRAIN_TIMEOUT_MS = serviceOf(topology, 'heartbeat-monitor').drain.longestHandlerSeconds * 1_000;
/** The goodbye takes 1.4 s at most; what is left is for the record and the snapshot. */
const GOODBYE_TIMEOUT_MS = 6_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * What the monitor does when it stops, in the one order:
 *
 *     stop polling ──▶ goodbye, put on record ──▶ snapshots ──▶ end streams, close HTTP
 *
 * The snapshots come after the goodbye: the next start must know that this one left.
 */
@Injectable()
export class OrderlyStop {
  constructor(
    @Inject(StopSequence) stop: StopSequence,
    @Inject(MONITOR_APP) { monitor, journal, snapshots, books, clients, now }: MonitorApp,
    @Inject(HEARTBEAT_SENDER) heartbeat: HeartbeatSender,
    @Inject(HEARTBEATS_TOPIC) publisher: Pick<BatchingPublisher, 'close'>,
    @Inject(MonitorTimers) timers: MonitorTimers,
    @Optional() @Inject(queueConsumerToken(HEARTBEATS_CONSUMER)) consumer?: QueueConsumer,
  ) {
    stop.register({
      phase: 'stop_polling',
      name: 'heartbeats',
      timeoutMs: DRAIN_TIMEOUT_MS + 500,
      run: async () => {
        heartbeat.markDraining();
        await consumer?.drain({ timeoutMs: DRAIN_TIMEOUT_MS });
      },
    });
    stop.register({
      phase: 'goodbye',
      name: 'goodbye and snapshot',
      timeoutMs: GOODBYE_TIMEOUT_MS,
      run: async () => {
        await timers.stop();
        await heartbeat.goodbye();
        await journal.flush();
        await snapshots.save(monitor.detector);
        await books.save(monitor.book, now());
      },
    });
    stop.register({
      phase: 'close_http',
      name: 'stream and publisher',
      timeoutMs: CLOSE_TIMEOUT_MS,
      run: async () => {
        clients.close();
        await publisher.close();
      },
    });
  }
}
