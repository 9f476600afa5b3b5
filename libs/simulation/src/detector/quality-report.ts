import type { Condition } from './condition';
import { conditions, formulaConditions } from './conditions';
import type { Measurement } from './fleet-simulation';
import { expectedWrongPerDay, violationsOf } from './judge-quality';
import type { Score } from './scorer';
import { poissonInterval, quantile } from './statistics';

/** Where and when a run was made; printed, so that a figure is never read without it. */
export interface RunOrigin {
  readonly date: string;
  readonly machine: string;
  readonly seed: number;
  readonly tookSeconds: number;
}

/** The page with every figure of a run, in Markdown; plots are expected beside it. */
export function qualityReport(measurements: readonly Measurement[], origin: RunOrigin): string {
  const violations = measurements.flatMap(violationsOf);
  return [
    ...introduction(origin),
    violations.length === 0 ? 'Every row holds.' : 'Not held:\n',
    ...violations.map((violation) => `- ${violation}`),
    '',
    ...formulaSection(measurements),
    ...conditions.flatMap((condition) => conditionSection(condition, measurements)),
  ].join('\n');
}

function introduction({ date, machine, seed, tookSeconds }: RunOrigin): readonly string[] {
  return [
    '# Quality of the failure detector, measured',
    '',
    'Written by `npm run simulate -- detector`; do not edit. A seeded discrete-event simulation shows the same',
    'arrivals to the detector that runs in production and to the reference detectors: fixed timeouts,',
    'phi-accrual (Hayashibara 2004) with and without an acceptable pause, and a 90 s lease as that of Eureka,',
    'with and without self-preservation. Heartbeat interval T = 10 s.',
    '',
    `${date}, ${machine}, seed ${seed}, ${Math.round(tookSeconds)} s.`,
    '',
    '- **detection**: from a real death to the verdict that lasts; p50 / p99 / max in seconds',
    '- **wrong**: verdicts of down about somebody alive, or who had said goodbye; per instance and day, with the',
    '  95 % interval of its count. None seen in a short run proves little: the upper bound says how little.',
    '- **mistake**: how long a wrong verdict stood, mean and longest',
    '- **never**: real deaths that were never declared; one of ours fails the run. Not counted: instances of',
    '  which no heartbeat ever arrived',
    '- **blind**: share of the time in which verdicts were held, warm-up excluded',
    '',
    'The reference detectors hear goodbyes too, know no canary, and take every copy for a sign of life, as they',
    'are built. A lease in self-preservation evicts nobody, and those who die meanwhile stay expected, which keeps',
    'it there: that is its column **never**. Where the monitor stands still or is killed, they stand still as long, and',
    'forget nothing. k is learned before the measurement begins; wrong verdicts until then stand apart.',
    '',
  ];
}

function formulaSection(measurements: readonly Measurement[]): readonly string[] {
  const lines = formulaConditions.map((condition) => {
    const measured = measurements.find((each) => each.condition === condition);
    return measured === undefined ? '' : formulaRow(measured);
  });
  return [
    '## Rare rates: the formula',
    '',
    'A rate of 1e-4 cannot be shown by brute force. A wrong verdict needs k losses in a row, so its rate is',
    '(beats a day) p^k (1 - p). Checked where k is fixed low enough for wrong verdicts to be counted:',
    '',
    '| loss | k | instance-days | wrong seen | 95 % interval of its mean | formula | agrees |',
    '|---|---|---|---|---|---|---|',
    ...lines,
    '',
    '**Extrapolated** by the formula, not measured:',
    '',
    '| loss | k | wrong per instance-day |',
    '|---|---|---|',
    ...extrapolated.map(
      (each) => `| ${percent(each.loss)} | ${each.missedBeats} | ${sparse(expectedWrongPerDay(each))} |`,
    ),
    '',
  ];
}

const extrapolated = [
  { loss: 0.001, missedBeats: 3 },
  { loss: 0.002, missedBeats: 3 },
  { loss: 0.01, missedBeats: 4 },
  { loss: 0.02, missedBeats: 4 },
  { loss: 0.05, missedBeats: 6 },
  { loss: 0.07, missedBeats: 6 },
];

function formulaRow({ condition, instanceDays, scores }: Measurement): string {
  const loss = condition.channel.loss ?? 0;
  const missedBeats = condition.fixedMissedBeats ?? 0;
  const wrong = scores[0]?.wrong ?? 0;
  const { lower, upper } = poissonInterval(wrong);
  const expected = instanceDays * expectedWrongPerDay({ loss, missedBeats });
  const agrees = expected >= lower && expected <= upper ? 'yes' : '**no**';
  return `| ${percent(loss)} | ${missedBeats} | ${Math.round(instanceDays)} | ${wrong} | ${lower.toFixed(1)} to ${upper.toFixed(1)} | ${expected.toFixed(1)} | ${agrees} |`;
}

function conditionSection(condition: Condition, measurements: readonly Measurement[]): readonly string[] {
  const rows = measurements.filter((each) => each.condition === condition);
  if (rows.length === 0) return [];
  return [
    `## ${condition.title[0]?.toUpperCase()}${condition.title.slice(1)}`,
    '',
    `![${condition.title}](detector-quality/${condition.name}.svg)`,
    '',
    '| instances | detection p50 / p99 / max | wrong per instance-day | instance-days | mistake | never | blind | k | other |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(ourRow),
    '',
    ...sizesTable(rows),
    ...referenceTable(rows),
  ];
}

function ourRow(measured: Measurement): string {
  const { members, instanceDays, scores, blindShare, missedBeats } = measured;
  const [ours] = scores;
  if (ours === undefined) return '';
  return `| ${members} | ${spread(ours.detectionMs)} | ${rate(ours, instanceDays)} | ${instanceDays.toFixed(1)} | ${mistake(ours)} | ${ours.missed} of ${ours.deaths} | ${(100 * blindShare).toFixed(2)} % | ${missedBeats} | ${others(measured, ours)} |`;
}

function others(measured: Measurement, ours: Score): string {
  const parts = [
    ours.leftMs.length > 0 ? `left ${spread(ours.leftMs)}` : '',
    ours.afterDrainMs.length > 0
      ? `died while nothing was delivered, after its end ${spread(ours.afterDrainMs)}`
      : '',
    measured.massDeaths > 0
      ? `mass alarm ${spread(measured.massAlarmMs)}, ${measured.massAlarmMs.length} of ${measured.massDeaths}`
      : '',
    measured.wrongWhileLearning > 0 ? `${measured.wrongWhileLearning} wrong while k was learned` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** Every detector at every size, on the same arrivals: one line a detector, so that a size is compared down and a detector across. */
function sizesTable(rows: readonly Measurement[]): readonly string[] {
  const detectors = rows[0]?.scores.map(({ detector }) => detector) ?? [];
  const sizes = rows.map(({ members }) => members);
  return [
    'All detectors on the same arrivals, by number of instances: detection p50 / p99 in seconds; wrong per instance-day; never',
    'declared, where there are such.',
    '',
    `| detector | ${sizes.join(' | ')} |`,
    `|---|${sizes.map(() => '---|').join('')}`,
    ...detectors.map((detector) => `| ${detector} | ${rows.map((row) => cell(row, detector)).join(' | ')} |`),
    '',
  ];
}

function cell({ scores, instanceDays }: Measurement, detector: string): string {
  const score = scores.find((each) => each.detector === detector);
  if (score === undefined) return '';
  const parts = [
    spread(score.detectionMs, [0.5, 0.99]),
    sparse(score.wrong / instanceDays),
    score.missed > 0 ? `${score.missed} of ${score.deaths}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** In detail at a size where both a single death and the fleet show. */
function referenceTable(rows: readonly Measurement[]): readonly string[] {
  const measured = rows.find(({ members }) => members === 20) ?? rows.at(-1);
  if (measured === undefined) return [];
  return [
    `All detectors in detail, ${measured.members} instances:`,
    '',
    '| detector | detection p50 / p99 / max | wrong per instance-day | mistake | never |',
    '|---|---|---|---|---|',
    ...measured.scores.map(
      (score) =>
        `| ${score.detector} | ${spread([...score.detectionMs])} | ${rate(score, measured.instanceDays)} | ${mistake(score)} | ${score.missed} of ${score.deaths} |`,
    ),
    '',
  ];
}

function spread(valuesMs: readonly number[], shares: readonly number[] = [0.5, 0.99, 1]): string {
  const parts = shares.map((share) => seconds(quantile(valuesMs, share)));
  return valuesMs.length === 0 ? '' : parts.join(' / ');
}

const seconds = (valueMs: number | undefined) =>
  valueMs === undefined || valueMs === Infinity ? 'never' : (valueMs / 1_000).toFixed(1);

function rate({ wrong }: Score, instanceDays: number): string {
  const { lower, upper } = poissonInterval(wrong);
  return `${sparse(wrong / instanceDays)} (${sparse(lower / instanceDays)} to ${sparse(upper / instanceDays)})`;
}

function mistake({ mistakeMs }: Score): string {
  if (mistakeMs.length === 0) return '';
  const mean = mistakeMs.reduce((total, each) => total + each, 0) / mistakeMs.length;
  return `${seconds(mean)}, ${seconds(quantile(mistakeMs, 1))}`;
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** Two significant digits. */
function sparse(value: number): string {
  if (value === 0) return '0';
  return value < 0.01 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}
