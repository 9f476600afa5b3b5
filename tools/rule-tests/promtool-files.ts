import { parse, stringify } from 'yaml';
import { renderRules } from '../rules/render-rules';
import { expectedLabels } from './expected-labels';
import { HOME, type RuleCase, type RuleCases } from './rule-case';

interface RuleFile {
  readonly groups: readonly {
    readonly rules: readonly { readonly annotations?: { readonly summary: string } }[];
  }[];
}

/** The rules as they are installed where the stories take place. */
export const installedRules = renderRules({
  ...HOME,
  dashboards: 'http://grafana',
  runbooks: 'http://runbooks',
});

/** The rules with no annotation but the summary: promtool compares every one, and the others say nothing new. */
export function rulesToTest(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(installedRules).map(([file, text]) => [file, stringify(withSummaries(text))]),
  );
}

function withSummaries(text: string): RuleFile {
  const { groups } = parse(text) as RuleFile;
  return {
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.map(({ annotations, ...rule }) => ({
        ...rule,
        ...(annotations && { annotations: { summary: annotations.summary } }),
      })),
    })),
  };
}

/** A test file of promtool for each length of step in these cases, by file name. */
export function promtoolFiles(name: string, { files, cases }: RuleCases): Readonly<Record<string, string>> {
  const steps = [...new Set(cases.map(stepOf))];
  return Object.fromEntries(
    steps.map((step) => [
      `${name}-${step}.test.yaml`,
      stringify({
        rule_files: files.map((file) => `${file}.yaml`),
        evaluation_interval: step,
        tests: cases.filter((story) => stepOf(story) === step).map(testOf),
      }),
    ]),
  );
}

const stepOf = ({ step = '15s' }: RuleCase): string => step;

function testOf(story: RuleCase) {
  const { alert, when, series, at } = story;
  return {
    name: `${alert}, when ${when}`,
    interval: stepOf(story),
    input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
    alert_rule_test: Object.entries(at).map(([time, firing]) => ({
      alertname: alert,
      eval_time: time,
      exp_alerts: firing.map((each) => ({
        exp_labels: expectedLabels(alert, each),
        exp_annotations: { summary: each.summary },
      })),
    })),
  };
}
