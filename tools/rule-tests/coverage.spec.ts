import { alerts } from '../rules/rule-catalogue';
import { allCases } from './cases/all';

const cases = Object.values(allCases).flatMap((group) => group.cases);
const looks = (name: string) =>
  cases
    .filter(({ alert }) => alert === name)
    .map(({ at }) => Object.values(at).map((firing) => firing.length > 0));
/** Always firing is what it is for. */
const others = alerts.map(({ name }) => name).filter((name) => name !== 'InteropWatchdog');

describe('the cases of the alerts', () => {
  it.each(alerts.map(({ name }) => name))('let %s fire', (name) => {
    expect(looks(name).flat()).toContain(true);
  });

  it.each(others)('let %s resolve', (name) => {
    expect(looks(name).some((seen) => seen.includes(true) && seen.at(-1) === false)).toBe(true);
  });

  it.each(others)('keep %s silent where something like it happens', (name) => {
    expect(looks(name).some((seen) => !seen.includes(true))).toBe(true);
  });

  it('are about alerts that exist', () => {
    expect(cases.filter(({ alert }) => !alerts.some(({ name }) => name === alert))).toEqual([]);
  });
});
