import type { DocumentedService } from '@latido/service-host';

/** Every service whose environment variables the configuration reference lists. */
export const services: readonly DocumentedService[] = [];
