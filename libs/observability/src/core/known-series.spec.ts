import { knownSeries } from './known-series';

describe('knownSeries', () => {
  it('is one empty set for a metric without labels', () => {
    expect(knownSeries({}, {})).toEqual([{}]);
  });

  it('is the product of the listed values, with the configured ones given', () => {
    expect(knownSeries({ queue: 'configured', state: ['visible', 'delayed'] }, { queue: 'q' })).toEqual([
      { queue: 'q', state: 'visible' },
      { queue: 'q', state: 'delayed' },
    ]);
  });
});
