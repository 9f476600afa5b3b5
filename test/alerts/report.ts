import { describe } from './judge';
import type { Outcome } from './run-fault';

/** One line for each alert of each fault: what came, after how many seconds, and when it was over. */
export function reportTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(rowsOf);
  const header = ['', 'fault', 'alerts', 'fires', 'resolves'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}

function rowsOf({
  fault,
  account,
  causedAtMs,
  healedAtMs,
  problems,
  isFinished,
}: Outcome): readonly (readonly string[])[] {
  if (!isFinished) return [['', fault.name, 'not finished', '', '']];
  const mark = problems.length === 0 ? 'ok' : 'FAILED';
  const { sightings } = account;
  if (sightings.length === 0) return [[mark, fault.name, 'nobody is told', '', '']];
  return sightings.map(({ name, labels, firedAtMs, resolvedAtMs }, place) => [
    place === 0 ? mark : '',
    place === 0 ? fault.name : '',
    `${describe(name, labels)}${labels['severity'] === 'critical' ? ' *' : ''}`,
    seconds(firedAtMs - causedAtMs),
    resolvedAtMs === undefined ? 'never' : seconds(resolvedAtMs - healedAtMs),
  ]);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
