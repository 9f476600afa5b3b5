import { anEvent } from '../testing';
import { lanesOf } from './lanes';
import type { Operation } from './operation';

const operation = (id: string, subject: string): Operation => ({
  event: anEvent(id, { subject }),
  token: id,
});
const idsOf = (lanes: readonly (readonly Operation[])[]): readonly string[][] =>
  lanes.map((lane) => lane.map(({ event }) => event.id));

describe('lanes', () => {
  it('keep the events of a subject in their order, and subjects apart', () => {
    const batch = [operation('e1', 'a'), operation('e2', 'b'), operation('e3', 'a')];
    expect(idsOf(lanesOf(batch))).toEqual([['e1', 'e3'], ['e2']]);
  });

  it('are one when an id comes twice, so that the first delivery is first', () => {
    const batch = [operation('e1', 'a'), operation('e2', 'b'), operation('e1', 'c')];
    expect(idsOf(lanesOf(batch))).toEqual([['e1', 'e2', 'e1']]);
  });

  it('are none for an empty batch', () => {
    expect(lanesOf([])).toEqual([]);
  });
});
