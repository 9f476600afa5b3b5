import { dashboards } from './dashboards';
import { draw } from './draw';

/** The files that the chart ships, by their path in the repository. */
export const dashboardFiles: Readonly<Record<string, () => string>> = Object.fromEntries(
  dashboards.map((description) => [
    `grafana-dashboards/${description.uid.replace('latido-', '')}.json`,
    () => `${JSON.stringify(draw(description), null, 2)}\n`,
  ]),
);
