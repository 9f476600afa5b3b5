import { parse } from 'yaml';
import { alertDefaults } from './alert-defaults';
import { ruleGroups } from './rule-catalogue';
import { toYaml, writeRules } from './write-rules';

/** What an installation says of one alert; whatever it does not say is as in defaults.yaml. */
interface AlertOverride {
  /** `false` leaves the alert out. */
  readonly enabled?: boolean;
  readonly [parameter: string]: string | number | boolean | undefined;
}

/** What an installation says of its rules. */
export interface RuleValues {
  readonly namespace: string;
  readonly release: string;
  /** Base address of Grafana, without a slash at its end. */
  readonly dashboards: string;
  /** Base address of the runbooks, without a slash at its end. */
  readonly runbooks: string;
  readonly alerts?: Readonly<Record<string, AlertOverride>>;
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert?: string }[] }[];
}

const TOKEN = /@(?:(namespace|release|dashboards|runbooks)|(Interop\w+)\.(\w+))@/g;

/**
 * The rule files of an installation, by their names: the templates with their tokens replaced.
 * @throws RangeError for an alert or parameter that does not exist.
 */
export function renderRules(values: RuleValues): Readonly<Record<string, string>> {
  requireKnown(values.alerts ?? {});
  return Object.fromEntries(
    Object.entries(ruleGroups).map(([file, group]) => [
      `${file}.yaml`,
      withoutDisabled(replaceTokens(writeRules(group), values), values),
    ]),
  );
}

function replaceTokens(text: string, values: RuleValues): string {
  return text.replaceAll(TOKEN, (_token, plain: 'namespace' | undefined, alert: string, parameter: string) =>
    String(
      plain ? values[plain] : (values.alerts?.[alert]?.[parameter] ?? alertDefaults[alert]?.[parameter]),
    ),
  );
}

function withoutDisabled(text: string, { alerts = {} }: RuleValues): string {
  const file = parse(text) as RuleFile;
  const groups = file.groups.map((group) => ({
    ...group,
    rules: group.rules.filter(({ alert }) => alert === undefined || alerts[alert]?.enabled !== false),
  }));
  return toYaml({ groups });
}

function requireKnown(overrides: Readonly<Record<string, AlertOverride>>): void {
  for (const [alert, override] of Object.entries(overrides)) {
    const known = alertDefaults[alert];
    if (!known) throw new RangeError(`there is no alert ${alert}; docs/reference/alerts.md lists them`);
    const unknown = Object.keys(override).filter((name) => name !== 'enabled' && !(name in known));
    if (unknown.length > 0)
      throw new RangeError(
        `${alert} has no parameter ${unknown.join(', ')}; it has ${Object.keys(known).join(', ')}`,
      );
  }
}
