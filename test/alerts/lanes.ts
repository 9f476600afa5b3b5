import type { Fault, Lane } from './fault';
import { deaths } from './faults/deaths';
import { copies, edges } from './faults/edges';
import { fleet } from './faults/fleet';
import { masses } from './faults/masses';
import { kubernetes } from './faults/pods';
import { apis, events } from './faults/objectives';
import { rollouts } from './faults/rollouts';
import { robberies, watchers } from './faults/watchers';

/** Everything that goes wrong; what takes longest begins first. */
export const lanes: readonly Lane[] = [
  rollouts,
  copies,
  watchers,
  robberies,
  apis,
  events,
  deaths,
  edges,
  fleet,
  masses,
  kubernetes,
];

/** Every fault of some lanes. */
export function faultsOf(some: readonly Lane[]): readonly Fault[] {
  return some.flatMap(({ rows }) => rows.flat());
}

/** The faults whose name, or whose lane, contains one of these texts, in their lanes; all of them without a text. */
export function choose(all: readonly Lane[], texts: readonly string[]): readonly Lane[] {
  if (texts.length === 0) return all;
  const isWanted = (name: string): boolean => texts.some((text) => name.includes(text));
  return all
    .map((lane) => ({
      ...lane,
      rows: lane.rows
        .map((row) => row.filter((fault) => isWanted(lane.name) || isWanted(fault.name)))
        .filter((row) => row.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
}
