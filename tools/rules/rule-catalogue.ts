import type { AlertDefinition, RuleGroup } from './alert';
import { edges } from './edges';
import { liveness } from './liveness';
import { processes } from './processes';
import { fastBurn, slowBurn } from './slo';
import { watchdog } from './watchdog';

/** Every rule, by the file of charts/latido/rules that holds it. */
export const ruleGroups: Readonly<Record<string, RuleGroup>> = {
  liveness,
  edges,
  processes,
  'slo-fast': fastBurn,
  'slo-slow': slowBurn,
  watchdog,
};

/** Every alert. */
export const alerts: readonly AlertDefinition[] = Object.values(ruleGroups).flatMap((group) => group.alerts);
