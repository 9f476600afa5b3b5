import { takeOver } from './acquire-slot';
import type { LogPorts } from './log-ports';
import { recoverSlot, type Recovery, type Redeliver } from './recover-slot';
import type { Writer } from './writer';
import type { WriterWatch } from './writer-watch';

export interface RecoverAbandonedRequest<R> {
  readonly service: string;
  /** Kept by the caller from round to round. */
  readonly watch: WriterWatch;
  /** Slots of this process: never taken over from itself. */
  readonly ownSlots: ReadonlySet<number>;
  readonly redeliver: Redeliver<R>;
  readonly claimLifeMs: number;
}

/**
 * One round of one process: looks at all writers; takes over, recovers and releases each that was abandoned.
 * Call it every minute. Costs one strong read a slot while everybody lives.
 *
 * @returns one recovery for each slot taken over; none in the ordinary case.
 * @throws the store's error. The watch then starts again, so an outage does not look like the death of all.
 */
export async function recoverAbandoned<R>(
  request: RecoverAbandonedRequest<R>,
  ports: LogPorts<R>,
): Promise<readonly Recovery[]> {
  const recoveries: Recovery[] = [];
  for (const writer of await abandonedWriters(request, ports)) {
    const held = await takeOver(writer, ports);
    if (!held) continue;
    const recovery = await recoverSlot({ ...request, held }, ports);
    if (recovery.outcome === 'recovered') await held.release(recovery.nextNumber);
    recoveries.push(recovery);
  }
  return recoveries;
}

async function abandonedWriters<R>(
  { service, watch, ownSlots }: RecoverAbandonedRequest<R>,
  ports: LogPorts<R>,
): Promise<readonly Writer[]> {
  try {
    const writers = await ports.retry(() => ports.writers.readAll(service));
    return watch.observe(writers, ports.now()).filter((writer) => !ownSlots.has(writer.slot));
  } catch (error) {
    watch.forget();
    throw error;
  }
}
