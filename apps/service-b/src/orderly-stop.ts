import { Inject, Injectable } from '@nestjs/common';
import type { HeartbeatSender } from '@latido/heartbeat';
import { HEARTBEAT_SENDER } from '@latido/heartbeat/nest';
import { StopSequence } from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';
import { ConsumerControl } from './consumer/consumer-control';
import { LogKeeping } from './log/log-keeping';

/** Less than the 25 s a whole stop may take; what is not handled by then comes again when its visibility ends. */
const DRAIN_TIMEOUT_MS = serviceOf(topology, 'service-b').drain.longestHandlerSeconds * 1_000;
const CLOSE_LOG_TIMEOUT_MS = 4_000;
/** Three copies take 400 ms; the last may wait a second for its answer. */
const GOODBYE_TIMEOUT_MS = 2_000;

/**
 * What service-b does when it stops, in the one order:
 *
 *     stop polling, finish and acknowledge what is being handled ──▶ give the log slots back ──▶ goodbye ──▶ close HTTP
 *
 * The log comes before the goodbye: a slot that is held by nobody would be waited for by others.
 */
@Injectable()
export class OrderlyStop {
  constructor(
    @Inject(StopSequence) stop: StopSequence,
    @Inject(ConsumerControl) control: ConsumerControl,
    @Inject(LogKeeping) keeping: LogKeeping,
    @Inject(HEARTBEAT_SENDER) heartbeat: HeartbeatSender,
  ) {
    stop.register({
      phase: 'stop_polling',
      name: 'events',
      timeoutMs: DRAIN_TIMEOUT_MS + 500,
      run: async () => {
        heartbeat.markDraining();
        if (!(await control.stop({ timeoutMs: DRAIN_TIMEOUT_MS })))
          throw new Error('some events are still being handled; they come again');
      },
    });
    stop.register({
      phase: 'delete_acknowledged',
      name: 'log slots',
      timeoutMs: CLOSE_LOG_TIMEOUT_MS,
      run: () => keeping.close(),
    });
    stop.register({
      phase: 'goodbye',
      name: 'heartbeat',
      timeoutMs: GOODBYE_TIMEOUT_MS,
      run: async () => {
        await heartbeat.goodbye();
      },
    });
  }
}
