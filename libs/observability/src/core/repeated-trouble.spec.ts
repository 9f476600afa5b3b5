import { RepeatedTrouble } from './repeated-trouble';

describe('trouble that comes again and again', () => {
  let nowMs = 1_000_000;
  const told: unknown[] = [];
  const trouble = () => new RepeatedTrouble(() => nowMs);
  const error = new Error('table WriteAheadLog: no answer');
  beforeEach(() => told.splice(0));

  it('is told the first time with its reason, then ever more seldom with the count', () => {
    const repeated = trouble();
    for (let i = 0; i < 9; i += 1) repeated.tell(error, (line) => told.push(line));
    expect(told).toEqual([1, 2, 4, 8].map((failures) => ({ reason: error.message, failures })));
  });

  it('is new trouble after five minutes without any', () => {
    const repeated = trouble();
    for (let i = 0; i < 3; i += 1) repeated.tell(error, () => undefined);
    nowMs += 300_001;
    repeated.tell(error, (line) => told.push(line));
    expect(told).toEqual([{ reason: error.message, failures: 1 }]);
  });
});
