import type { Measurement } from './fleet-simulation';
import type { Score } from './scorer';
import { poissonInterval, quantile } from './statistics';

const width = 720;
const height = 400;
const area = { left: 70, right: 700, top: 40, bottom: 340 };
const labelHeights = [6, 19, 32];
const decades = { lowest: -3, highest: 3 };

/**
 * How soon against how wrong, for every detector on the same arrivals: the lower left corner is the best.
 *
 * A bar runs from p50 to p99 of detection; the whisker is the 95 % interval of the wrong verdicts per
 * instance-day. No wrong verdict stands on the lowest line.
 *
 * @see Chen, Toueg and Aguilera, On the quality of service of failure detectors (2002).
 */
export function qualityPlot(measured: Measurement): string {
  const mostSeconds = Math.max(60, ...measured.scores.map((score) => p(score, 0.99) ?? 0));
  const toX = (seconds: number) => area.left + (seconds / mostSeconds) * (area.right - area.left);
  const marks = measured.scores.map((score, i) =>
    mark(score, { measured, toX, first: i === 0, label: labelHeights[i % 3] ?? 6 }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="${area.left}" y="22" font-size="14">${escape(measured.condition.title)}, ${measured.members} instances</text>`,
    ...grid(mostSeconds, toX),
    ...marks,
    '</svg>',
    '',
  ].join('\n');
}

interface MarkContext {
  readonly measured: Measurement;
  readonly toX: (seconds: number) => number;
  readonly first: boolean;
  /** How far above its bar the name stands: neighbours often have the same rate. */
  readonly label: number;
}

function mark(score: Score, { measured, toX, first, label }: MarkContext): string {
  const [from, to] = [p(score, 0.5), p(score, 0.99)];
  if (from === undefined || to === undefined) return '';
  const { lower, upper } = poissonInterval(score.wrong);
  const y = toY(score.wrong / measured.instanceDays);
  const colour = first ? '#c2185b' : '#607d8b';
  const [x1, x2] = [toX(from).toFixed(1), toX(to).toFixed(1)];
  const whisker = [lower, upper].map((bound) => toY(bound / measured.instanceDays).toFixed(1));
  const anchor = toX(to) > (area.left + 2 * area.right) / 3 ? 'end' : 'start';
  const lostNote = score.missed > 0 ? ` (${score.missed} never declared)` : '';
  return [
    `<g stroke="${colour}" fill="${colour}">`,
    `<line x1="${x1}" x2="${x2}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke-width="4"/>`,
    `<line x1="${x1}" x2="${x1}" y1="${whisker[0]}" y2="${whisker[1]}" stroke-width="1"/>`,
    `<text x="${x2}" y="${(y - label).toFixed(1)}" text-anchor="${anchor}" stroke="none">${escape(score.detector + lostNote)}</text>`,
    '</g>',
  ].join('');
}

function grid(mostSeconds: number, toX: (seconds: number) => number): readonly string[] {
  const lines: string[] = [];
  for (let decade = decades.lowest; decade <= decades.highest; decade++) {
    const y = toY(10 ** decade).toFixed(1);
    lines.push(`<line x1="${area.left}" x2="${area.right}" y1="${y}" y2="${y}" stroke="#eee"/>`);
    lines.push(
      `<text x="${area.left - 8}" y="${y}" text-anchor="end">${decade === decades.lowest ? '0' : `1e${decade}`}</text>`,
    );
  }
  const stepSeconds = mostSeconds > 200 ? 60 : 10;
  for (let seconds = 0; seconds <= mostSeconds; seconds += stepSeconds) {
    const x = toX(seconds).toFixed(1);
    lines.push(`<line x1="${x}" x2="${x}" y1="${area.top}" y2="${area.bottom}" stroke="#eee"/>`);
    lines.push(`<text x="${x}" y="${area.bottom + 16}" text-anchor="middle">${seconds}</text>`);
  }
  lines.push(
    `<text x="${area.right}" y="${area.bottom + 36}" text-anchor="end">detection, p50 to p99, seconds</text>`,
  );
  lines.push(
    `<text x="14" y="${area.top + 150}" transform="rotate(-90 14 ${area.top + 150})" text-anchor="middle">wrong verdicts per instance-day</text>`,
  );
  return lines;
}

function toY(wrongPerDay: number): number {
  const decade = Math.log10(Math.max(wrongPerDay, 10 ** decades.lowest));
  const share = (Math.min(decade, decades.highest) - decades.lowest) / (decades.highest - decades.lowest);
  return area.bottom - share * (area.bottom - area.top);
}

/** Of deaths by detection, of leaves by the time to left. */
function p(score: Score, share: number): number | undefined {
  const values = score.detectionMs.length > 0 ? score.detectionMs : score.leftMs;
  const value = quantile(values.filter(Number.isFinite), share);
  return value === undefined ? undefined : value / 1_000;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
