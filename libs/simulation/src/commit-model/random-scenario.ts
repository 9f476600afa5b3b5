import type { CommitEvent } from '@latido/event-commit';
import { anEvent, anInvalidEvent } from '@latido/event-commit/testing';
import type { Random } from '../core/seeded-random';
import type { CommitScenario, ProcessScript, ThreadScript } from './scenario';

const SUBJECTS = ['cart-1', 'cart-2', 'cart-3'];

/**
 * A case too large to try in full: three replicas with two pollers each, copies, impostors, invalid and
 * growing data, rollbacks, retention, and two processes that take over whatever they find.
 */
export function randomScenario(random: Random): CommitScenario {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const events = Array.from({ length: 6 }, (_, i) => randomEvent(`e${i}`, random, pick(SUBJECTS)));
  const batch = (): CommitEvent[] => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(events));
  const replica = (name: string): ProcessScript => ({
    name,
    threads: [
      { does: 'poll', batches: [batch(), batch()] },
      { does: 'poll', batches: [batch()] },
    ],
  });
  const takeOver: ThreadScript = { does: 'take over' };
  return {
    before: SUBJECTS.flatMap((subject) => [
      anEvent(`first-${subject}`, { subject }),
      anEvent(`second-${subject}`, { subject }),
    ]),
    processes: [
      ...['p1', 'p2', 'p3'].map(replica),
      { name: 'successor-1', threads: [takeOver] },
      { name: 'successor-2', threads: [takeOver] },
      { name: 'retention', threads: [{ does: 'prune', subject: pick(SUBJECTS), keep: 1 }] },
      {
        name: 'operator',
        threads: [{ does: 'roll back', request: randomRollback(pick(SUBJECTS)), tries: 2 }],
      },
    ],
    repeatsCalls: random() < 0.3,
    options: { maxValueBytes: 100, ordering: random() < 0.5 ? 'arrival' : 'fifo' },
  };
}

function randomEvent(id: string, random: Random, subject: string): CommitEvent {
  const kind = random();
  if (kind < 0.1) return anInvalidEvent(id, { subject });
  if (kind < 0.2) return anEvent('e0', { subject, operation: { kind: 'put', value: `impostor ${id}` } });
  if (kind < 0.4)
    return anEvent(id, { subject, operation: { kind: 'merge', patch: { [id]: 'x'.repeat(50) } } });
  if (kind < 0.5) return anEvent(id, { subject, operation: { kind: 'delete' } });
  return anEvent(id, { subject, operation: { kind: 'merge', patch: { [id]: 'yes' } } });
}

function randomRollback(subject: string): {
  subject: string;
  toVersion: number;
  ifMatch: number;
  idempotencyKey: string;
} {
  return { subject, toVersion: 1, ifMatch: 2, idempotencyKey: `back-${subject}` };
}
