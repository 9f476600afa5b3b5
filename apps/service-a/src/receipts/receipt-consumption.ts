import type { Consumption } from '@latido/edge-accounting';
import { RECEIPTS_EDGE } from '../telemetry/service-metrics';
import type { HandledReceipt } from './handle-receipts';

const OUTCOME = { acknowledge: 'delivered', giveBack: 'failed', deadLetter: 'dead_lettered' } as const;
const MISUNDERSTANDINGS = ['unknown_type', 'unknown_version', 'invalid_data'] as const;

/** What the books of the edge are told of one receipt; nothing for a body that names no producer. */
export function consumptionOf(
  { envelope, disposition }: Pick<HandledReceipt, 'envelope' | 'disposition'>,
  arrivedAtMs: number,
): Consumption | undefined {
  if (envelope === undefined) return undefined;
  const { source, epoch, sequence, time } = envelope;
  const misunderstood =
    disposition.kind === 'deadLetter' && MISUNDERSTANDINGS.find((why) => why === disposition.reason);
  return {
    source,
    epoch,
    topic: RECEIPTS_EDGE.topic,
    outcome: OUTCOME[disposition.kind],
    latencyMs: Math.max(0, arrivedAtMs - Date.parse(time)),
    atMs: arrivedAtMs,
    ...(sequence > 0 && { sequence }),
    ...(misunderstood && { misunderstood }),
  };
}
