import { logReference, metricReference } from '@latido/observability';
import { configReference, errorReference } from '@latido/service-host';
import { monitorCostPage } from './monitor-cost/monitor-cost-page';
import { services } from './services';

/** Reference pages that are written from code, by their path in the repository. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/reference/metrics.md': metricReference,
  'docs/reference/logs.md': logReference,
  'docs/reference/errors.md': errorReference,
  'docs/reference/monitor-cost.md': monitorCostPage,
  'docs/reference/config.md': () => configReference(services),
};
