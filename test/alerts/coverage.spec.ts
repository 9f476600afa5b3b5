import { alertDefaults } from '../../tools/rules/alert-defaults';
import { NOT_CAUSED } from './coverage';
import { faultsOf, lanes } from './lanes';

const catalogue = Object.keys(alertDefaults);
const caused = new Set(faultsOf(lanes).flatMap(({ alerts }) => alerts.map(({ name }) => name)));

describe('the faults of the alert rig', () => {
  it.each(catalogue)('bring %s, or it is listed with the reason why none can', (name) => {
    expect([name, caused.has(name)]).toEqual([name, !(name in NOT_CAUSED)]);
  });

  it('bring no alert, and excuse none, that is not in the catalogue', () => {
    const unknown = [...caused, ...Object.keys(NOT_CAUSED)].filter((name) => !catalogue.includes(name));
    expect(unknown).toEqual([]);
  });

  it('have names of their own', () => {
    const names = faultsOf(lanes).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('page somebody exactly when one of their alerts is critical', () => {
    for (const { name, alerts, pages } of faultsOf(lanes)) {
      const isCritical = alerts.some((alert) => alertDefaults[alert.name]?.['severity'] === 'critical');
      expect([name, pages]).toEqual([name, isCritical ? 1 : 0]);
    }
  });
});
