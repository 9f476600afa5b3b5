import { conditions } from './conditions';
import { runFleet } from './fleet-simulation';
import { qualityReport } from './quality-report';

const hourMs = 3_600_000;
const origin = { date: '2026-11-01', machine: 'here', seed: 1, tookSeconds: 1 };

describe('the report of detector quality', () => {
  const condition = conditions.find(({ name }) => name === 'clean');
  if (condition === undefined) throw new Error('no such condition');
  const measurements = [1, 3].map((members) =>
    runFleet({ condition, members, seed: 1, measuredMs: hourMs, learningMs: hourMs, references: true }),
  );
  const lines = qualityReport(measurements, origin).split('\n');

  it('compares every detector at every size that was simulated', () => {
    const head = lines.indexOf('| detector | 1 | 3 |');
    const detectors = measurements[0]?.scores.map(({ detector }) => detector) ?? [];
    const rows = lines.slice(head + 2, head + 2 + detectors.length).map((row) => row.split(' | '));
    expect(rows.map(([detector]) => detector)).toEqual(detectors.map((detector) => `| ${detector}`));
    for (const [, ...cells] of rows) {
      expect(cells).toHaveLength(2);
      for (const cell of cells) expect(cell).not.toBe('');
    }
  });
});
