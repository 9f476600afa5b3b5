import { writeDefaults } from './alert-defaults';
import { alertReference } from './alert-reference';
import { writeAlertmanager } from './alertmanager';
import { ruleGroups } from './rule-catalogue';
import { writeRules } from './write-rules';

const DIRECTORY = 'charts/latido/rules';

/** Everything that the chart ships for Prometheus and Alertmanager, and the page about it, by its path in the repository. */
export const ruleFiles: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    Object.entries(ruleGroups).map(([file, group]) => [`${DIRECTORY}/${file}.yaml`, () => writeRules(group)]),
  ),
  [`${DIRECTORY}/defaults.yaml`]: writeDefaults,
  [`${DIRECTORY}/alertmanager.yaml`]: writeAlertmanager,
  'docs/reference/alerts.md': alertReference,
};
