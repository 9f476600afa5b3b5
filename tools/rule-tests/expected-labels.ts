import { ownerOf, topology } from '@latido/topology';
import { alerts } from '../rules/rule-catalogue';
import { type Firing, HOME } from './rule-case';

/** Every label that an alert must have when it fires: what the case says, and what follows from its service; one that could fall together fell alone unless it is said. */
export function expectedLabels(alert: string, firing: Firing): Readonly<Record<string, string>> {
  const { summary: _, ...said } = firing;
  const { team, tier, onCall } = ownerOf(topology, said['service'] ?? '');
  const { severity = 'none', canFallTogether } = alerts.find(({ name }) => name === alert) ?? {};
  const fell = canFallTogether && { fell_together: 'no' };
  return { ...HOME, ...fell, severity, team, tier: String(tier), on_call: onCall, ...said };
}
