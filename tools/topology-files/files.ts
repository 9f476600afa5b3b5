import { chartTopology } from './chart-topology';
import { topologyPage } from './topology-page';

/** What the topology says to those who cannot import it: the Helm chart, and people. */
export const topologyFiles: Readonly<Record<string, () => string>> = {
  'charts/latido/topology.yaml': chartTopology,
  'docs/reference/topology.md': topologyPage,
};
