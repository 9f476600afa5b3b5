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
import type { SimulationRequest, Subcommand } from './subcommand';

/**
 * Measures the failure detector under every condition and, after a full run, writes
 * docs/reference/detector-quality.md with its plots. About 10 minutes on one core.
 */
export const detectorSimulation: Subcommand = {
  name: 'detector',
  summary: 'the failure detector and reference detectors, on every row of the quality table',
  run: simulateDetector,
};

async function simulateDetector({ seed, only, scale, print }: SimulationRequest): Promise<boolean> {
  const startedMs = performance.now();
  const elapsedSeconds = () => (performance.now() - startedMs) / 1_000;
  const plan = planQuality({ seed, scale }).filter(({ condition }) => condition.name.includes(only));
  const measurements = runQuality(plan, (measurement, done) => {
    const place = `${done}/${plan.length}`.padStart(7);
    print(`${place} ${elapsedSeconds().toFixed(0).padStart(4)} s  ${lineOf(measurement)}`);
  });
  const violations = measurements.flatMap(violationsOf);
  if (only === '' && scale === 1) await writePage(measurements, { seed, tookSeconds: elapsedSeconds() });
  for (const violation of violations) print(`NOT HELD  ${violation}`);
  print(violations.length === 0 ? 'Every row holds.' : `${violations.length} bounds are not held.`);
  return violations.length === 0;
}

function lineOf(measurement: Measurement): string {
  const { condition, members, scores } = measurement;
  const [ours] = scores;
  const held = violationsOf(measurement).length === 0 ? 'holds' : 'NOT HELD';
  return (
    `${condition.title}, ${members} instances: ${ours?.wrong ?? 0} wrong, ` +
    `${ours?.missed ?? 0} of ${ours?.deaths ?? 0} never declared, ${held}`
  );
}

async function writePage(
  measurements: readonly Measurement[],
  run: { readonly seed: number; readonly tookSeconds: number },
): Promise<void> {
  const folder = join(process.cwd(), 'docs/reference');
  mkdirSync(join(folder, 'detector-quality'), { recursive: true });
  const origin = { ...run, date: new Date().toISOString().slice(0, 10), machine: machineKind() };
  const page = join(folder, 'detector-quality.md');
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(page);
  writeFileSync(page, await format(qualityReport(measurements, origin), { ...style, filepath: page }));
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
