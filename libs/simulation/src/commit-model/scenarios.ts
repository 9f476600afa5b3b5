import type { CommitEvent } from '@latido/event-commit';
import { anEvent, anInvalidEvent } from '@latido/event-commit/testing';
import type { FaultBounds } from '../core/world';
import type { CommitScenario, ProcessScript } from './scenario';

const merge = (id: string, length = 1): CommitEvent =>
  anEvent(id, { operation: { kind: 'merge', patch: { [id]: 'x'.repeat(length) } } });

const [E1, E2, E3] = ['e1', 'e2', 'e3'].map((id) => merge(id)) as [CommitEvent, CommitEvent, CommitEvent];
const ELSEWHERE = anEvent('e2', { subject: 'cart-2' });
const IMPOSTOR = anEvent('e1', { subject: 'cart-2', operation: { kind: 'put', value: 'impostor' } });
const inOrder = (id: string, lamport: number): CommitEvent => anEvent(id, { lamport });
const RESET = anEvent('reset', { operation: { kind: 'delete' } });

const poller = (name: string, ...batches: (readonly CommitEvent[])[]): ProcessScript => ({
  name,
  threads: [{ does: 'poll', batches }],
});

const successor: ProcessScript = { name: 'successor', threads: [{ does: 'take over' }] };

const rollback: ProcessScript = {
  name: 'operator',
  threads: [
    {
      does: 'roll back',
      request: { subject: 'cart-1', toVersion: 1, ifMatch: 2, idempotencyKey: 'key-1' },
      tries: 2,
    },
  ],
};

/** A case, and the faults that one run of it may meet. */
export interface NamedScenario {
  readonly name: string;
  readonly scenario: CommitScenario;
  /** In the short search, a part of `npm test`; a case without it takes too long for that. */
  readonly short?: Pick<FaultBounds, 'maxFaults' | 'deathsOnly'>;
  /** In the long search, `npm run simulate -- commit`. */
  readonly long: Pick<FaultBounds, 'maxFaults'>;
}

/** The cases that are searched. Each is as small as its question allows: what it adds is multiplied by everything else. */
export const COMMIT_SCENARIOS: readonly NamedScenario[] = [
  {
    name: 'copies of one event at two replicas',
    scenario: { processes: [poller('p1', [E1]), poller('p2', [E1])] },
    short: { maxFaults: 1 },
    long: { maxFaults: 3 },
  },
  {
    name: 'two events of one subject at two replicas',
    scenario: { processes: [poller('p1', [E1]), poller('p2', [E2])] },
    short: { maxFaults: 1 },
    long: { maxFaults: 3 },
  },
  {
    name: 'a copy and another event in one batch, against a replica',
    scenario: { processes: [poller('p1', [E1, E2, E1]), poller('p2', [E2])] },
    short: { maxFaults: 0 },
    long: { maxFaults: 2 },
  },
  {
    name: 'two pollers of one process',
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
    short: { maxFaults: 0 },
    long: { maxFaults: 2 },
  },
  {
    name: 'a poller that is taken over, dead or alive',
    scenario: { processes: [poller('p1', [E1]), successor] },
    short: { maxFaults: 1, deathsOnly: true },
    long: { maxFaults: 3 },
  },
  {
    name: 'a poller that is taken over with more work to do',
    scenario: { processes: [poller('p1', [E1], [E2]), successor] },
    long: { maxFaults: 2 },
  },
  {
    name: 'a store whose client repeats calls',
    scenario: { processes: [poller('p1', [E1]), poller('p2', [E2])], repeatsCalls: true },
    short: { maxFaults: 1 },
    long: { maxFaults: 2 },
  },
  {
    name: 'a rollback against an event',
    scenario: { before: [E1, E2], processes: [rollback, poller('p1', [E3])] },
    short: { maxFaults: 1 },
    long: { maxFaults: 3 },
  },
  {
    name: 'retention against a late copy',
    scenario: {
      before: [E1],
      processes: [
        poller('p1', [E2]),
        poller('p2', [E2, E3]),
        { name: 'retention', threads: [{ does: 'prune', subject: 'cart-1', keep: 1 }] },
      ],
    },
    short: { maxFaults: 0 },
    long: { maxFaults: 1 },
  },
  {
    name: 'a rejection and the process that accepts',
    scenario: { processes: [poller('p1', [anInvalidEvent('e1')]), poller('p2', [anEvent('e1')])] },
    short: { maxFaults: 1 },
    long: { maxFaults: 3 },
  },
  {
    name: 'a value that grows too large while somebody makes room',
    scenario: {
      before: [merge('large', 60)],
      processes: [poller('p1', [merge('e1', 60)]), poller('p2', [RESET, merge('e1', 60)])],
      options: { maxValueBytes: 100 },
    },
    short: { maxFaults: 0 },
    long: { maxFaults: 1 },
  },
  {
    name: 'late events against the next one, in Lamport order',
    scenario: {
      before: [inOrder('winner', 5), inOrder('late', 3)],
      processes: [poller('p1', [inOrder('later', 4)]), poller('p2', [inOrder('next', 6)])],
      options: { ordering: 'lamport' },
    },
    short: { maxFaults: 1 },
    long: { maxFaults: 3 },
  },
  {
    name: 'a repair after the segments have expired',
    scenario: { processes: [poller('p1', [E1]), poller('p2', [E1])], daysBeforeRepair: 24 },
    short: { maxFaults: 1 },
    long: { maxFaults: 2 },
  },
  {
    name: 'a repair after the claims have expired',
    scenario: { processes: [poller('p1', [E1]), poller('p2', [E1])], daysBeforeRepair: 47 },
    short: { maxFaults: 1 },
    long: { maxFaults: 2 },
  },
  {
    name: 'an impostor with a used id',
    scenario: { processes: [poller('p1', [E1, IMPOSTOR]), poller('p2', [E1])] },
    short: { maxFaults: 0 },
    long: { maxFaults: 2 },
  },
  {
    name: 'two subjects in parallel',
    scenario: { processes: [poller('p1', [E1, ELSEWHERE]), poller('p2', [ELSEWHERE])] },
    short: { maxFaults: 0 },
    long: { maxFaults: 2 },
  },
];
