import {
  type FleetShape,
  messagesAReceive,
  monthlyRequests,
  SNAPSHOT_BYTES_AN_INSTANCE,
} from './monthly-requests';
import { monthlyCost, PRICES } from './prices';

const INTERVALS = [5, 10, 30];
const INSTANCES = 1_000;
const REPLICAS = 2;
/** Round trips of a receive and a delete within a region; an assumption too. */
const CYCLE_SECONDS = 0.03;
/** `CONSUMER_POLLERS` when nothing is said, and the pause of each in intervals. */
const POLLERS = 2;
const GATHER_INTERVALS = 0.025;

const usual = {
  instances: INSTANCES,
  replicas: REPLICAS,
  beatsAPublish: 1,
  messagesAReceive: 1,
  replacementsADay: 1,
};

const PRICE_ROWS = [
  ['a million requests to SNS, per 64 KB published', PRICES.snsRequest.toFixed(3)],
  ['a million deliveries from SNS to SQS', '0'],
  ['a million requests to a standard queue', PRICES.sqsRequest.toFixed(3)],
  ['a million write units of DynamoDB, on demand', PRICES.writeUnit.toFixed(3)],
  ['a million read units of DynamoDB, on demand', PRICES.readUnit.toFixed(3)],
];

/** The page docs/reference/monitor-cost.md. */
export function monitorCostPage(): string {
  return `# What heartbeats cost on AWS

Written from \`tools/reference/monitor-cost\`; change it there (\`npm run generate\`).

US dollars a month (30 days) for **${grouped(INSTANCES)} instances** heard by **${REPLICAS} replicas** of the monitor, each instance replaced
once a day. Requests are counted from what the code does; prices are assumptions: the list prices of ${PRICES.region} as of
${PRICES.asOf}, without free tier, storage, data transfer, tracing and the pods themselves. Costs grow in
proportion to the instances, and those of receiving also to the replicas.

${table(['price', 'US dollars'], PRICE_ROWS)}

## By interval

${table(['interval', 'SNS', 'SQS', 'DynamoDB', 'total', 'messages a receive', 'SQS, full batches', 'SQS, not gathered'], INTERVALS.map(intervalRow))}

- **SQS** is what ${POLLERS} pollers a replica (\`CONSUMER_POLLERS\`) ask for. A long poll returns with what is there, so a receive
  brings what came since the one before: about ${CYCLE_SECONDS * 1_000} ms of round trips, and the pause of ${GATHER_INTERVALS} T by which the monitor
  gathers after a batch that was not full. Beside it: ten messages a receive, the least there is, and no pause.
- Take as many pollers as keep up (one reads about 300 messages a second), not more: fewer make fuller batches.

## Requests of a month, in millions

${table(['interval', 'publishes', 'receives', 'deletes', 'write units', 'read units', 'probes of SNS and SQS'], INTERVALS.map(requestRow))}

## What batching changes

${table(['interval', 'SNS, each for itself', 'SNS, batches of 10', 'saved of the total'], INTERVALS.map(batchRow))}

- **PublishBatch**: SNS bills a request of up to ten messages by its size, 64 KB each, so ten heartbeats of 1 to 2 KB cost
  what one costs. One instance has one heartbeat an interval, so it has nothing to batch: it takes a **relay**, for
  example one a node, that collects for a second. Latido has none; what it would save is this column. Deliveries and
  receives stay the same: each heartbeat remains a message of its own.
- A relay that dies silences everybody behind it at once (mass silence), and its delay is added to every detection.
- **Twice the interval costs half** and detects half as fast: detection takes k + 0.5 intervals.

## How it is counted

\`\`\`
beats      = instances * month / T
own        = replicas * month / T  +  replicas * month / (T/2)        monitors beat too; canaries
publishes  = beats / beats a publish + own                            a heartbeat is far below 64 KB
receives   = replicas * (beats + own) / messages a receive            each replica has a queue of its own
             messages a receive = (instances / T) * (30 ms + 0.025 T) / pollers, from 1 to 10
deletes    = receives
writes     = replicas * month / 3T * (ceil(instances * ${SNAPSHOT_BYTES_AN_INSTANCE} B / 1 KB) + 1)   snapshots, compressed
           + 2 * instances * replacements                             changes of state
reads      = replicas * month * (1 / 3T + 2 * 2 / T)                  snapshot heads, boards; all strong
           + replicas * instances * replacements                      the record, before it is written on
           + replicas * month / 2 s / 2                               is the table there
probes     = replicas * month / 2 s, of SNS and of SQS each           are topic and queue there
cost       = requests * price / 1,000,000
\`\`\`

The probes are those of the monitor's replicas. Every other process that runs on \`@latido/service-host\` asks as often for
its readiness: ${money(probeCost())} a month for each, more than its heartbeats at an interval of 10 s (${money(beatCost(10))}). A process that
only sends heartbeats (\`@latido/heartbeat\`) does not.
`;
}

function intervalRow(intervalSeconds: number): readonly string[] {
  const shape = polled(intervalSeconds, GATHER_INTERVALS);
  const { sns, sqs, dynamodb, total } = monthlyCost(monthlyRequests(shape));
  const full = monthlyCost(monthlyRequests({ ...usual, intervalSeconds, messagesAReceive: 10 }));
  const ungathered = monthlyCost(monthlyRequests(polled(intervalSeconds, 0)));
  const brought = shape.messagesAReceive.toFixed(1);
  return [
    `${intervalSeconds} s`,
    ...[sns, sqs, dynamodb, total].map(money),
    brought,
    ...[full.sqs, ungathered.sqs].map(money),
  ];
}

function polled(intervalSeconds: number, gatherIntervals: number): FleetShape {
  const brought = messagesAReceive({
    instances: INSTANCES,
    intervalSeconds,
    pollers: POLLERS,
    cycleSeconds: CYCLE_SECONDS,
    gatherSeconds: gatherIntervals * intervalSeconds,
  });
  return { ...usual, intervalSeconds, messagesAReceive: brought };
}

function requestRow(intervalSeconds: number): readonly string[] {
  const found = monthlyRequests(polled(intervalSeconds, GATHER_INTERVALS));
  const { snsPublishes, sqsReceives, sqsDeletes, writeUnits, readUnits, snsOther, sqsOther } = found;
  const counts = [snsPublishes, sqsReceives, sqsDeletes, writeUnits, readUnits, snsOther + sqsOther];
  return [`${intervalSeconds} s`, ...counts.map((count) => (count / 1_000_000).toFixed(1))];
}

function batchRow(intervalSeconds: number): readonly string[] {
  const shape = polled(intervalSeconds, GATHER_INTERVALS);
  const alone = monthlyCost(monthlyRequests(shape));
  const relayed = monthlyCost(monthlyRequests({ ...shape, beatsAPublish: 10 }));
  const saved = 100 * (1 - relayed.total / alone.total);
  return [`${intervalSeconds} s`, money(alone.sns), money(relayed.sns), `${saved.toFixed(0)} %`];
}

/** Of one process that asks SNS, SQS and DynamoDB for its readiness. */
function probeCost(): number {
  const silent = { ...usual, instances: 0, replacementsADay: 0, replicas: 1, intervalSeconds: Infinity };
  return monthlyCost(monthlyRequests(silent)).total;
}

/** Of the publishes of one instance. */
function beatCost(intervalSeconds: number): number {
  const alone = { ...usual, instances: 1, replicas: 0, intervalSeconds };
  return monthlyCost(monthlyRequests(alone)).sns;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const rules = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(columns), line(rules), ...rows.map(line)].join('\n');
}

function money(dollars: number): string {
  return dollars >= 100 ? dollars.toFixed(0) : dollars.toFixed(2);
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
