import { acquireSlot } from './acquire-slot';
import { SlotUnavailableError } from './errors';
import type { LogPorts } from './log-ports';
import { LogWriter, type LogWriterOptions } from './log-writer';
import { recoverSlot, type Recovery, type Redeliver } from './recover-slot';

export interface OpenLogRequest<R> extends LogWriterOptions {
  readonly service: string;
  readonly redeliver: Redeliver<R>;
}

/** Slots taken over while they were being recovered, before giving up. */
const MAX_ATTEMPTS = 5;

/**
 * Opens a log to write: takes a slot, finishes what its earlier owner left, and answers the writer.
 *
 * Also the way on after `fenced`: open another.
 *
 * @throws {@link SlotUnavailableError} when no slot can be had.
 * @example
 * const { log } = await openLog({ service: 'service-b', claimLifeMs, redeliver }, ports);
 * const logged = await log.append(records);
 * if (logged.outcome === 'appended') for (const place of logged.places) log.finish(place);
 */
export async function openLog<R>(
  request: OpenLogRequest<R>,
  ports: LogPorts<R>,
): Promise<{ readonly log: LogWriter<R>; readonly recovery: Recovery }> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const held = await acquireSlot(request.service, ports);
    const recovery = await recoverSlot({ ...request, held }, ports);
    if (recovery.outcome === 'recovered')
      return { log: new LogWriter(held, recovery.nextNumber, ports, request), recovery };
  }
  throw new SlotUnavailableError(request.service, `${MAX_ATTEMPTS} slots were taken over during recovery`);
}
