import type { RuleCases } from '../rule-case';
import { edgeCases } from './edges';
import { massSilenceCases } from './mass-silence';
import { monitorCases } from './monitor';
import { processCases } from './processes';
import { serviceCases } from './services';
import { fastCases, slowCases } from './slo';

/** Every case, by the name of the file of promtool that is made from it. */
export const allCases: Readonly<Record<string, RuleCases>> = {
  monitor: monitorCases,
  services: serviceCases,
  'mass-silence': massSilenceCases,
  edges: edgeCases,
  processes: processCases,
  'slo-fast': fastCases,
  'slo-slow': slowCases,
};
