import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import {
  type Measurement,
  planQuality,
  qualityPlot,
  qualityReport,
  runQuality,
  violationsOf,
} from '@latido/simulation/detector';

/**
 * Measures the failure detector under every condition and writes docs/reference/detector-quality.md
 * with its plots. About 10 minutes on one core.
 *
 * @returns 0 when every row holds, 1 otherwise.
 */
export function simulateDetector({ seed, only }: { readonly seed: number; readonly only?: string }): number {
  const startedMs = performance.now();
  const plan = planQuality(seed).filter(({ condition }) => only === undefined || condition.name === only);
  if (plan.length === 0) throw new Error(`no condition is named ${only}`);
  const measurements = runQuality(plan, (measurement, done) =>
    report(measurement, `${done}/${plan.length}`, (performance.now() - startedMs) / 1_000),
  );
  const tookSeconds = (performance.now() - startedMs) / 1_000;
  const violations = measurements.flatMap(violationsOf);
  if (only === undefined) writePage(measurements, { seed, tookSeconds });
  for (const violation of violations) console.log(`NOT HELD  ${violation}`);
  console.log(violations.length === 0 ? 'Every row holds.' : `${violations.length} bounds are not held.`);
  return violations.length === 0 ? 0 : 1;
}

function report(measurement: Measurement, progress: string, elapsedSeconds: number): void {
  const { condition, members, scores } = measurement;
  const [ours] = scores;
  const held = violationsOf(measurement).length === 0 ? 'holds' : 'NOT HELD';
  console.log(
    `${progress.padStart(7)} ${elapsedSeconds.toFixed(0).padStart(4)} s  ${condition.title}, ${members} instances: ` +
      `${ours?.wrong ?? 0} wrong, ${ours?.missed ?? 0} of ${ours?.deaths ?? 0} never declared, ${held}`,
  );
}

function writePage(
  measurements: readonly Measurement[],
  run: { readonly seed: number; readonly tookSeconds: number },
): void {
  const folder = join(process.cwd(), 'docs/reference');
  mkdirSync(join(folder, 'detector-quality'), { recursive: true });
  const origin = { ...run, date: new Date().toISOString().slice(0, 10), machine: machineKind() };
  writeFileSync(join(folder, 'detector-quality.md'), qualityReport(measurements, origin));
  for (const measurement of plotted(measurements)) {
    const path = join(folder, 'detector-quality', `${measurement.condition.name}.svg`);
    writeFileSync(path, qualityPlot(measurement));
  }
}

/** One plot a condition: at 20 instances, where a single death and the fleet both show. */
function plotted(measurements: readonly Measurement[]): readonly Measurement[] {
  return measurements.filter(({ members, scores }) => members === 20 && scores.length > 1);
}

function machineKind(): string {
  return `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown model'}, Node ${process.versions.node}`;
}
