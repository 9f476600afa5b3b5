import type { CommitEvent } from '@latido/event-commit';
import { anEvent, anInvalidEvent } from '@latido/event-commit/testing';
import type { CommitScenario } from './scenario';

const merge = (id: string, patch: Record<string, string>): CommitEvent =>
  anEvent(id, { operation: { kind: 'merge', patch } });

const E1 = merge('e1', { a: '1' });
const E2 = merge('e2', { b: '2' });
const E3 = merge('e3', { c: '3' });
const OTHER = anEvent('other', { subject: 'cart-2' });
const IMPOSTOR = anEvent('e1', { subject: 'cart-2', operation: { kind: 'put', value: 'impostor' } });
const BIG = merge('big', { big: 'x'.repeat(60) });

/** A scenario with the faults its full search allows. */
export interface NamedScenario {
  readonly name: string;
  readonly scenario: CommitScenario;
  /** Faults in one run of the short search, in `npm test`. */
  readonly shortFaults: number;
  /** Faults in one run of the long search. */
  readonly longFaults: number;
}

/** The cases that are searched. Each is as small as its question allows: what it adds is multiplied by everything else. */
export const COMMIT_SCENARIOS: readonly NamedScenario[] = [
  {
    name: 'two replicas get copies of one event',
    scenario: {
      processes: [
        { name: 'p1', threads: [{ does: 'poll', batches: [[E1]] }] },
        { name: 'p2', threads: [{ does: 'poll', batches: [[E1]] }] },
      ],
    },
    shortFaults: 1,
    longFaults: 3,
  },
  {
    name: 'two pollers of one process get copies of one event and another one',
    scenario: {
      processes: [
        {
          name: 'p1',
          threads: [
            { does: 'poll', batches: [[E1]] },
            { does: 'poll', batches: [[E2, E1]] },
          ],
        },
      ],
    },
    shortFaults: 1,
    longFaults: 2,
  },
  {
    name: 'two replicas write one subject',
    scenario: {
      processes: [
        { name: 'p1', threads: [{ does: 'poll', batches: [[E1]] }] },
        { name: 'p2', threads: [{ does: 'poll', batches: [[E2]] }] },
      ],
    },
    shortFaults: 1,
    longFaults: 2,
  },
];
