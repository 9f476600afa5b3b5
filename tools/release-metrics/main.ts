import { writeFileSync } from 'node:fs';
import { metricCatalogue, stableMetrics } from '@latido/observability';

const PATH = 'docs/reference/stable-metrics.json';

/**
 * Writes down which stable metrics a release has: run it, in the root, when a release is made and never before, because
 * it is what later changes are held to.
 */
writeFileSync(PATH, `${JSON.stringify(stableMetrics(metricCatalogue), null, 2)}\n`);
process.stdout.write(`wrote ${PATH}\n`);
