import { reportTable } from './report';
import { notFinished, type Outcome } from './run-fault';
import { deaths } from './faults/deaths';

const [fault] = deaths.rows.flat();
const seen: Outcome = {
  fault: fault!,
  causedAtMs: 1_000,
  healedAtMs: 20_000,
  isFinished: true,
  problems: [],
  account: {
    pages: ['g'],
    sightings: [
      {
        name: 'InteropServiceDown',
        labels: { severity: 'critical', service: 'service-b' },
        firedAtMs: 13_000,
        resolvedAtMs: 50_000,
      },
    ],
  },
};
const rows = (outcome: Outcome): readonly string[] => reportTable([outcome]).split('\n').slice(1);

describe('the table of faults', () => {
  it('says how long after its cause an alert came, and how long after the end of that it went', () => {
    expect(rows(seen)).toEqual([
      expect.stringMatching(/^ok .* InteropServiceDown \(service-b\) \* +12.0 s +30.0 s$/),
    ]);
  });

  it('marks a fault that failed and shows what was seen all the same', () => {
    expect(rows({ ...seen, problems: ['it paged twice'] })).toEqual([
      expect.stringMatching(/^FAILED .* InteropServiceDown/),
    ]);
  });

  it('says of a fault that the rig was ended before it', () => {
    expect(rows(notFinished(fault!))).toEqual([expect.stringMatching(/ not finished$/)]);
  });
});
