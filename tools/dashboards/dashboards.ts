import type { DashboardDescription } from './description';
import { edges } from './edges';
import { events } from './events';
import { fleet } from './fleet';
import { monitor } from './monitor';
import { service } from './service';
import { slo } from './slo';

/** In the order in which somebody who was paged opens them. */
export const dashboards: readonly DashboardDescription[] = [fleet, edges, service, events, monitor, slo];
