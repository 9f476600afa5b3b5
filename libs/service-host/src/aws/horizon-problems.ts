import type { FoundQueue } from '@latido/messaging/aws';
import { redeliveryBoundSeconds } from '@latido/topology';
import type { StartProblem } from '../core/start-problem';

const DAY_SECONDS = 24 * 60 * 60;

type Retention = Pick<FoundQueue, 'name' | 'retentionSeconds'>;

/**
 * What is wrong with a dedup horizon, by how long the queues keep messages as they are, not as they were planned:
 * a copy that comes after its claim is forgotten would be taken for a new message.
 *
 * A redelivery of exactly the horizon is covered.
 */
export function horizonProblems({
  horizonDays,
  queue,
  deadLetterQueue,
}: {
  readonly horizonDays: number;
  readonly queue: Retention;
  readonly deadLetterQueue: Retention;
}): readonly StartProblem[] {
  const { retentionSeconds } = queue;
  const days = redeliveryBoundSeconds({ retentionSeconds, deadLetter: deadLetterQueue }) / DAY_SECONDS;
  if (days <= horizonDays) return [];
  return [
    {
      problem: `DEDUP_HORIZON_DAYS is ${horizonDays}, but ${queue.name} may deliver again after ${Number(days.toFixed(2))} days`,
      fix: `set DEDUP_HORIZON_DAYS to at least ${Math.ceil(days)}, or shorten the retention of ${queue.name} or ${deadLetterQueue.name}`,
    },
  ];
}
