import { declareService, variable } from '@latido/service-host';

/** The smallest service on the host; tests of the process run it, and it shows how one is put together. */
export const fixtureService = declareService({
  service: 'fixture-service',
  port: 0,
  metricsPort: 0,
  variables: {
    batchSize: variable.integer({
      env: 'BATCH_SIZE',
      default: 10,
      min: 1,
      max: 10,
      description: 'Messages it would ask for',
    }),
    fault: variable.choice({
      env: 'FAULT',
      default: 'none',
      of: ['none', 'table-missing', 'stuck-step', 'stray-rejection'],
      description: 'What goes wrong',
    }),
  },
});
