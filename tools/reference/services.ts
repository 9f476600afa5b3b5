import type { DocumentedService } from '@latido/service-host';
import { heartbeatMonitor } from '../../apps/heartbeat-monitor/src/configuration';
import { serviceA } from '../../apps/service-a/src/configuration';
import { serviceB } from '../../apps/service-b/src/configuration';

/** Every service whose environment variables the configuration reference lists. */
export const services: readonly DocumentedService[] = [serviceA, serviceB, heartbeatMonitor];
