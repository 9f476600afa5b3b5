import { chartFiles } from '../chart/chart-files';
import { dashboardFiles } from '../dashboards/dashboard-files';
import { pages } from '../reference/pages';
import { ruleFiles } from '../rules/rule-files';
import { topologyFiles } from '../topology-files/files';

/** Every file that is written from code, by its path in the repository. */
export const files: Readonly<Record<string, () => string>> = {
  ...pages,
  ...chartFiles,
  ...dashboardFiles,
  ...ruleFiles,
  ...topologyFiles,
};
