/** What every event in the logs means, by its stable name. Searches and alerts on logs may rely on these names. */
export const logCatalogue = {
  audit: 'An operator or writer changed something: who, what, on what, with which result',
  book_snapshot_failed: 'The monitor could not save the books of its edges this time',
  canary_not_published: 'The topic took no canary, once an outage: the monitor goes blind if it lasts',
  canary_published_again: 'The topic takes canaries again, and how many were not sent',
  count_failed: 'service-a could not count pending events or look at its queues; counted again every 15 s',
  demo_event_refused: 'The demo traffic of service-a made an event that was not accepted',
  dependencies_back: 'Everything that events need answers again; service-b consumes',
  dependency_away: 'Something that events need is away; service-b consumes nothing until it is back',
  dependency_back: 'A dependency answers again; readiness follows',
  dependency_lost: 'A dependency does not answer, or refuses us; readiness is false, with the reason',
  dependency_watch_failed: 'A look at the dependencies failed by itself; it is repeated',
  entry_failed: 'One entry of POST /events/batch failed for a reason that is ours',
  event_accepted: 'An event is durable and will reach its consumer',
  event_given_back: 'An event could not be handled now; it comes again',
  event_handled: 'An event was handled (debug)',
  event_not_published: 'The topic did not take an event; the relay repeats it',
  event_settled: 'A receipt came: the event is complete or failed',
  exposition_failed: 'The page of metrics could not be written',
  heartbeat_not_published:
    'The topic took no heartbeat, once an outage: monitors call the instance dead if it lasts',
  heartbeat_published_again: 'The topic takes heartbeats again, and how many were not sent',
  http_request: 'A request was answered: method, path, status, duration',
  instance_burial: 'An instance that has been gone for long is forgotten',
  instance_down: 'An instance is declared dead',
  instance_late: 'A heartbeat is overdue (debug)',
  instance_left: 'An instance said goodbye',
  instance_mute: 'An instance lives, but says nothing',
  instance_restart: 'An instance came again as a new incarnation',
  instance_starting: 'An instance says that it is starting',
  instance_draining: 'An instance says that it is stopping',
  instance_suspect: 'An instance may be dead (debug)',
  instance_up: 'An instance is alive',
  local_aws_ready: 'The embedded AWS is seeded and listens',
  local_aws_refused: 'The embedded AWS cannot start, and why',
  local_aws_stopped: 'The embedded AWS has stopped',
  local_aws_sweep_failed: 'Expired items of the embedded DynamoDB could not be removed',
  local_aws_swept: 'Expired items of the embedded DynamoDB were removed',
  local_token: 'The bearer token of a local start, where none was configured',
  log_timer_failed: 'The write-ahead log could not be looked at; told the 1st, 2nd, 4th, 8th ... time',
  mass_silence: 'Many instances fell silent together',
  message: 'A line of a library, without a name of its own',
  monitor_blind: 'The monitor cannot see, and why; verdicts are held',
  monitor_restored: 'The monitor started from a snapshot, or without one',
  monitor_sees: 'The monitor sees again; verdicts count',
  process_failed: 'An error that nobody can mend; the process stops in order and exits 1',
  query_degraded:
    'service-b does not answer the query for current state; service-a answers with what it knows',
  receipt_ignored: 'A receipt settles nothing: it came twice, or is for another event',
  receipt_not_sent: 'The topic did not take a receipt; its event comes again',
  record_failed: 'State changes wait for the store',
  relay_failed: 'The relay could not look for events without a receipt; told the 1st, 2nd, 4th, 8th ... time',
  relay_round: 'The relay published again what had no receipt',
  request_failed: 'A request failed for a reason that is ours, with its cause',
  retention_done: 'Old values were removed',
  retention_failed: 'Old values could not be removed this time',
  service_ready: 'The process listens and is ready, with its ports and how long that took',
  slot_recovered: 'What an earlier owner of a log slot had left was repeated',
  snapshot_failed: 'The monitor could not save its snapshot this time',
  snapshot_unusable: 'The snapshot has another form; the monitor learns again',
  stop_forced: 'A second signal: the process exits without finishing',
  stop_requested: 'SIGTERM or SIGINT: the process begins to stop',
  stop_step_done: 'One step of the stop has ended',
  stop_step_failed: 'One step of the stop failed or took too long; the others go on',
  stop_timed_out: 'The whole stop took too long; the process exits 1',
  stopped: 'The stop has ended',
  threshold_changed: 'So many missed heartbeats mean down now',
  timer_failed: 'Something the monitor does by the clock failed; it is repeated',
  witness_connected: 'Kubernetes tells of pods',
  witness_lost: 'Kubernetes does not tell of pods any more',
} as const;

/** The page docs/reference/logs.md. */
export function logReference(): string {
  const rows = Object.entries(logCatalogue).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const meaningWidth = Math.max(...rows.map(([, meaning]) => meaning.length));
  const line = (name: string, meaning: string): string =>
    `| ${name.padEnd(width)} | ${meaning.padEnd(meaningWidth)} |`;
  return `# Log events

Written from \`libs/observability/src/core/log-catalogue.ts\`; change it there. A test holds it against the code, both ways.

Every line is one JSON object: \`level\`, \`time\`, \`service\`, \`instance_id\`, \`event\`, \`msg\`, what belongs to the event (\`event_id\`,
\`reason\`, \`err\` ...), and inside a span \`trace_id\` and \`span_id\`. Payloads, tokens and headers are in none: the e2e tests search
the output of every process they started for them.

${line('event', 'meaning')}
| ${'-'.repeat(width)} | ${'-'.repeat(meaningWidth)} |
${rows.map(([name, meaning]) => line(`\`${name}\``, meaning)).join('\n')}
`;
}
