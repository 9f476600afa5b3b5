import type { AlertDefinition } from './alert';
import { alerts } from './rule-catalogue';
import { toYaml } from './write-rules';

/** What an installation may set of one alert, with what it is when it does not. */
type AlertParameters = Readonly<Record<string, string | number>>;

/** The parameters of an alert; those of {@link AlertDefinition.parameters} come after the ones that all have. */
function parametersOf({
  severity,
  for: pending,
  keepFiringFor,
  parameters = {},
}: AlertDefinition): AlertParameters {
  const own = Object.entries(parameters).map(([name, { value }]) => [name, value] as const);
  return { severity, for: pending, ...(keepFiringFor && { keepFiringFor }), ...Object.fromEntries(own) };
}

/** The parameters of every alert, by its name. */
export const alertDefaults: Readonly<Record<string, AlertParameters>> = Object.fromEntries(
  alerts.map((alert) => [alert.name, parametersOf(alert)]),
);

/** The text of defaults.yaml. */
export function writeDefaults(): string {
  return `# Written by \`npm run generate\` from tools/rules. The chart's values \`alerts.<name>.<parameter>\` replace these.\n${toYaml(alertDefaults)}`;
}
