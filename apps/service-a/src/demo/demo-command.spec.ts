import * as fc from 'fast-check';
import { requireValid } from '@latido/service-host/nest';
import { commandSchema } from '../commands/command-schema';
import { demoCommand } from './demo-command';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('demoCommand', () => {
  it('makes commands that a client could have sent, whatever the dice say', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 3, maxLength: 3 }), (dice) => {
        requireValid(
          commandSchema,
          demoCommand(() => dice.pop() ?? 0),
        );
      }),
    );
  });

  it('stays within 20 subjects', () => {
    const subjects = new Set<string>();
    for (let i = 0; i < 1_000; i += 1) subjects.add(demoCommand(() => i / 1_000).subject);
    expect(subjects.size).toBe(20);
  });
});
