import type { Measured } from '../scenario';
import { renderMarkdown } from './render';

/** The page docs/reference/monitor-scale.md. */
export function monitorScalePage({ date, machine, tables }: Measured): string {
  return `# heartbeat-monitor with large fleets

Written by \`npm run bench -- monitor --write\`; run it to measure your machine.

Measured on ${date}: ${machine}. What is told **by CPU time** depends little on what else the machine does, what is told
**by the clock** depends on it much; the last table says what else there was.

A fleet of 100 services that beat every 10 seconds and say of themselves what real ones say: 600 streams with ten
consumers each make 6,000 edges with 10 messages a second. The parts are those of the running monitor (detector, edge
books, contracts, metrics, metrics server) without queues, stores and console. Each side has a process of its own.

${tables.map(renderMarkdown).join('\n')}
## What makes it so

- Series of instances and edges are kept as text, whose digits are patched when a beat arrives; a scrape copies memory
  ([observability](../../libs/observability/README.md)).
- Edges that did not change cost nothing: the metrics follow those that did with each heartbeat, so nothing piles up for a tick.
- A snapshot is written in pieces of 200 instances, with turns for everything else between them; it is not measured here.
- A page is put together 8 MB at a time and sent in chunks as its reader takes them, with turns for everything else between
  them. Its memory serves the next page; new memory is taken 8 MB at a time, too.
- The books move the time of a quarter of their streams on with each tick, and all within 4.

## Running it so large

One page of 100,000 instances is about 50 MB: give Prometheus a \`scrape_timeout\`, a \`body_size_limit\` and a
\`sample_limit\` to match, and the process \`NODE_OPTIONS\` as above in a container of 768 MiB, because queues, stores and
the console need memory too. \`interop_exposition_seconds\` and \`nodejs_eventloop_lag_p99_seconds\` say how it is.
`;
}
