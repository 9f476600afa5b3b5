import { ExpectedInstances } from './expected-instances';
import { detectorSettings } from './settings';

const minuteMs = 60_000;
const made = () => new ExpectedInstances(detectorSettings());

describe('ExpectedInstances', () => {
  it('prefers what Kubernetes desires to what was declared, and that to what was seen', () => {
    const expected = made();
    expected.observe(7, minuteMs);
    expect(expected.count({ alive: 2, down: 0 })).toBe(7);
    expected.declare(5);
    expect(expected.count({ alive: 2, down: 0 })).toBe(5);
    expected.desire(3);
    expect(expected.count({ alive: 2, down: 0 })).toBe(3);
  });

  it('remembers the most alive together for 10 minutes', () => {
    const expected = made();
    expected.observe(3, 100 * minuteMs);
    expected.observe(2, 109 * minuteMs);
    expect(expected.count({ alive: 2, down: 1 })).toBe(3);
    expected.observe(2, 110 * minuteMs);
    expect(expected.count({ alive: 2, down: 1 })).toBe(2);
  });

  it('does not miss those that left', () => {
    const expected = made();
    expected.observe(3, minuteMs);
    expected.left();
    expect(expected.count({ alive: 2, down: 0 })).toBe(2);
  });

  it('expects one at least of a service whose last instance is down', () => {
    expect(made().count({ alive: 0, down: 1 })).toBe(1);
    expect(made().count({ alive: 0, down: 0 })).toBe(0);
  });
});
