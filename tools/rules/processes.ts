import type { AlertDefinition, RuleGroup } from './alert';
import { per, select, serviceFrom } from './promql';

const ofApp = (expression: string) => serviceFrom('app', expression);

const alerts: readonly AlertDefinition[] = [
  {
    name: 'InteropEventStuck',
    severity: 'warning',
    for: '1m',
    cause: 'upstream',
    parameters: { threshold: { value: 300, meaning: 'seconds that an event may wait for its receipt' } },
    // Replicas look at the same outbox: the newest answer is the one of a replica that still looks.
    expression: ofApp(
      `time() - max by ${per('app', 'workflow')} (${select('interop_event_oldest_pending_timestamp_seconds')}) > @InteropEventStuck.threshold@`,
    ),
    summary: 'An event of {{ $labels.workflow }} waits for {{ $value | humanizeDuration }}',
    description:
      'It was answered with 202 and is neither complete nor failed. It is safe in the outbox and repeated, but somebody waits for it.',
    dashboard: 'latido-events',
  },
  {
    name: 'InteropDLQNotEmpty',
    severity: 'warning',
    for: '1m',
    parameters: { threshold: { value: 0, meaning: 'dead letters that are accepted' } },
    expression: ofApp(
      `max by ${per('app', 'queue')} (sum by ${per('app', 'pod', 'queue')} (${select('interop_dlq_messages')})) > @InteropDLQNotEmpty.threshold@`,
    ),
    summary: '{{ $value }} dead letter(s) of {{ $labels.queue }} wait for a person',
    description:
      'These messages could not be handled and were put aside. They are kept for 14 days, then they are gone.',
    dashboard: 'latido-events',
  },
  {
    name: 'InteropCardinalityDropped',
    severity: 'warning',
    for: '0s',
    keepFiringFor: '10m',
    // Past its bounds the monitor counts heartbeats under no name: whoever sends them is unwatched.
    expression: ofApp(
      `sum by ${per('app', 'metric')} (
  increase(${select('interop_series_dropped_total')}[10m])
or
  label_replace(increase(${select('interop_heartbeats_received_total', 'service="_unknown",result="overflow"')}[10m]), "metric", "interop_heartbeats_received_total", "", "")
) > 0`,
    ),
    summary: '{{ $labels.app }} is full: it drops a part of {{ $labels.metric }}',
    description:
      'The metric has as many series as it may have, or, for interop_heartbeats_received_total, the monitor keeps as many services and instances as it may. New services, instances or edges do not appear, so alerts on them stay silent.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropScrapeNearLimit',
    severity: 'warning',
    for: '5m',
    parameters: {
      seconds: { value: 8, meaning: 'duration of a scrape; Prometheus gives up after 10 s by default' },
      samples: {
        value: 400_000,
        meaning: 'samples on a page; keep it at 80 % of the sample limit, if there is one',
      },
    },
    expression:
      ofApp(`  max by ${per('app', 'pod')} (${select('scrape_duration_seconds')} and ${select('up')} == 1) > @InteropScrapeNearLimit.seconds@
or
  max by ${per('app', 'pod')} (${select('scrape_samples_scraped')}) > @InteropScrapeNearLimit.samples@`),
    summary: 'The metrics page of {{ $labels.pod }} is nearly too large to be scraped',
    description:
      'When a scrape runs into its limit the whole page is lost, and every alert about {{ $labels.app }} with it.',
    dashboard: 'latido-monitor',
  },
];

/** What the processes say of themselves: events that wait, dead letters, pages that grow too large. */
export const processes: RuleGroup = { name: 'latido-processes', interval: '15s', recordings: [], alerts };
